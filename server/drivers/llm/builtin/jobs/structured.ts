/** Fills a JSON Schema from a prompt: choices by classification, facts by extraction, feelings and urgency by signs. */
import { detectLanguage } from '../language.ts';
import { needsModel } from '../needs-model.ts';
import type { PromptParts } from '../prompt.ts';
import { fold } from '../../../../../shared/schedule/words/text.ts';
import { classify, conceptsOf, evidenceFor } from './classify.ts';
import { concepts } from './concepts.ts';
import { extract, numberIn } from './extract.ts';
import { summarise } from './summarise.ts';

interface Property {
  type: string;
  description: string;
  choices: string[];
}

/**
 * An object that fits the schema (an object of strings, numbers, booleans, string lists and enums).
 * @throws AppError `needs_model` for the first field that it cannot fill with good reason
 */
export function fillSchema(schema: Record<string, unknown>, parts: PromptParts): Record<string, unknown> {
  const properties = schema.properties;
  if (typeof properties !== 'object' || properties === null) throw needsModel('fill this kind of structure');
  const text = parts.data || parts.rest || parts.instruction;
  const filled: [string, unknown][] = Object.entries(properties).map(([name, property]) => [
    name,
    fill(name, readProperty(property), text, parts),
  ]);
  return Object.fromEntries(filled);
}

function readProperty(property: unknown): Property {
  const record: Record<string, unknown> = typeof property === 'object' && property !== null ? { ...property } : {};
  const choices = Array.isArray(record.enum) ? record.enum.filter((one): one is string => typeof one === 'string') : [];
  const type = Array.isArray(record.type) ? record.type.find((one) => one !== 'null') : record.type;
  return {
    type: choices.length > 0 ? 'choice' : String(type ?? 'string'),
    description: typeof record.description === 'string' ? record.description : '',
    choices,
  };
}

function fill(name: string, property: Property, text: string, parts: PromptParts): unknown {
  switch (property.type) {
    case 'choice':
      return choiceFor(name, property, text);
    case 'boolean':
      return truthOf(name, property.description, text);
    case 'number':
    case 'integer':
      return numberFor(name, property, text);
    case 'array':
      return listFor(name, property.description, text);
    case 'string':
      return textFor(name, property.description, text, parts);
    default:
      throw needsModel(`fill the field “${name}”`);
  }
}

function choiceFor(name: string, { choices }: Property, text: string): string {
  const stated = extract(text, { name, description: '' });
  const said = choices.find((choice) => stated !== undefined && fold(choice) === fold(stated));
  const found = said ?? classify(text, choices)?.choice;
  if (found === undefined)
    throw needsModel(`decide “${name}” between ${choices.join(', ')}: it finds no sign it knows`);
  return found;
}

/** True when the text shows signs of what the question names. Without a known sign nobody can tell. */
function truthOf(name: string, description: string, text: string): boolean {
  const folded = fold(text);
  const question = fold(`${name.replaceAll('_', ' ')} ${description}`);
  const asked = concepts.filter(
    (concept) =>
      !concept.neutral &&
      question.split(/[^\p{L}\d]+/u).some((word) => word.length > 2 && conceptsOf(word).includes(concept)),
  );
  if (asked.length > 0) return asked.some((concept) => evidenceFor(concept, folded) > 0);
  throw needsModel(`decide “${name}”`);
}

/** Facts are read; feelings and urgency are counted; other scores would be invented. */
function numberFor(name: string, property: Property, text: string): number {
  const { description } = property;
  const meaning = fold(`${name.replaceAll('_', ' ')} ${description}`);
  const [low, high] = rangeOf(description);
  const scaled = (share: number): number => Math.round(low + (high - low) * share);
  const count = (id: string): number =>
    concepts.filter((concept) => concept.id === id).reduce((sum, concept) => sum + evidenceFor(concept, fold(text)), 0);
  if (/sentiment|stimmung|satisfaction|zufriedenheit|satisfaccion|mood|humeur/.test(meaning)) {
    const [good, bad] = [count('positive'), count('negative')];
    return scaled(good + bad === 0 ? 0.5 : 0.5 + (good - bad) / (2 * (good + bad)));
  }
  if (/urgen|dringlichkeit|priorit/.test(meaning))
    return scaled(Math.min(1, Math.max(0, 0.3 + 0.25 * count('urgent') - 0.2 * count('low'))));
  const isScore = /(?<!\w)(?:score|rating|punkt\w*|note|bewertung|puntuacion|nota|lead)(?!\w)/.test(meaning);
  const found = extract(text, { name, description });
  const value = found === undefined ? undefined : numberIn(found);
  if (value !== undefined && (!isScore || labelled(text, name))) return value;
  throw needsModel(isScore ? `give a score for “${name}”` : `find a number for “${name}”`);
}

function labelled(text: string, name: string): boolean {
  return fold(text).includes(`${fold(name)}:`) || fold(text).includes(`"${fold(name)}"`);
}

function rangeOf(description: string): [number, number] {
  const range = /(-?\d{1,4}) ?(?:-|–|to|bis|à|a) ?(\d{1,4})/.exec(description);
  return range ? [Number(range[1]), Number(range[2])] : [0, 100];
}

function listFor(name: string, description: string, text: string): string[] {
  const found = extract(text, { name, description });
  if (found !== undefined)
    return found
      .split(/[,;]| (?:and|und|et|y) /)
      .map((one) => one.trim())
      .filter((one) => one !== '');
  throw needsModel(`list “${name}”`);
}

function textFor(name: string, description: string, text: string, parts: PromptParts): string {
  const meaning = fold(`${name} ${description}`);
  if (/summary|zusammenfassung|resume|resumen/.test(meaning)) return summarise(text, 2);
  if (/(?<![a-z])(?:language|sprache|langue|idioma)(?![a-z])/.test(fold(name))) return detectLanguage(text);
  // A reason belongs to a decision made by signs: the sentence that carries most of the text.
  if (/(?<![a-z])(?:reason|grund|begrundung|raison|motivo|razon)(?![a-z])/.test(fold(name))) return summarise(text, 1);
  const fact = parts.facts.find(([key]) => fold(key).replaceAll(/[ -]/g, '_') === fold(name));
  return fact?.[1] ?? extract(text, { name, description }) ?? '';
}
