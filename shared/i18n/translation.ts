/** The forms of a text with a number, by the plural rules of the language: German has `one` and `other`, Polish also `few` and `many`. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/**
 * What the interface says by itself, by its English text, word for word. The key of a plural is its English text for many (`{n} runs`); a
 * text that means two things has its context before it: `verb|Run`.
 */
export type Texts = Readonly<Record<string, string | PluralForms>>;

/** One language. What is missing is shown in English. */
export interface Translation {
  texts: Texts;
  /** A finished English sentence that came from elsewhere, in this language; undefined when it is not known. */
  sentence(text: string): string | undefined;
}
