/** “For each order in the list, send …”: what follows is done once per item of a list that arrives with the trigger. */
import type { ComposedNode } from '../../../../shared/workflow/composition.ts';
import { slug } from './fields.ts';
import type { GraphBuilder } from './graph.ts';
import type { Language } from './language.ts';
import type { Doc } from './text.ts';
import { capital, wordsOf } from './text.ts';
import type { Trigger } from './triggers.ts';

export interface Loop {
  /** Its words in the request. */
  words: string;
  /** The field of the incoming data that holds the list. */
  list: string;
}

interface Speech {
  /**
   * A list must be named, or a word that only lists have: “for every new order” is an event. `noun`: what the list is of.
   */
  phrase: RegExp;
  plural(noun: string): string;
  assume(list: string): string;
}

const speech: Readonly<Record<Language, Speech>> = {
  en: {
    phrase:
      /(?<![\w])(?:for (?:each|every) (?:(?<noun>[a-z]{3,20}) (?:in|of|on|from) (?:the|my|our|this|that|a) (?:[a-z]{3,20} )?(?:list|array|file|batch)|(?<row>row|entry|item|line|record)(?: (?:in|of|on|from) (?:the|my|our|this|that|a) (?:[a-z]{3,20} )?(?:list|array|file|batch))?))(?![\w])/,
    plural: (noun) => (/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : noun.endsWith('s') ? noun : `${noun}s`),
    assume: (list) =>
      `The data that starts the workflow has a list “${list}”; what is inside the loop runs once for each of its items.`,
  },
  de: {
    phrase:
      /(?<![\wß])fur jede[nrsm]? (?:(?<noun>[a-zß]{3,24}) (?:in|aus|auf|von) (?:der|dieser|meiner|unserer|einer) (?:[a-zß]{2,24})?liste|(?<row>zeile|eintrag|element|posten|datensatz)(?: (?:in|aus|auf|von|der) (?:der|dieser|meiner|unserer|einer)? ?(?:[a-zß]{2,24})?liste)?)(?![\wß])/,
    plural: (noun) => (noun.endsWith('e') ? `${noun}n` : noun.endsWith('ung') ? `${noun}en` : noun),
    assume: (list) =>
      `Die Daten, mit denen der Workflow startet, haben eine Liste „${list}“; was in der Schleife steht, läuft einmal für jeden Eintrag.`,
  },
  fr: {
    phrase:
      /(?<![\w])pour chaque (?:(?<noun>[a-z]{3,20}) (?:de|dans) (?:la|ma|notre|cette|une) liste|(?<row>ligne|element|entree)(?: (?:de|dans) (?:la|ma|notre|cette|une) liste)?)(?![\w])/,
    plural: (noun) => (noun.endsWith('s') ? noun : `${noun}s`),
    assume: (list) =>
      `Les données qui lancent le workflow ont une liste « ${list} » ; ce qui est dans la boucle s'exécute une fois par élément.`,
  },
  es: {
    phrase:
      /(?<![\w])(?:para|por) cada (?:(?<noun>[a-z]{3,20}) (?:de|en) (?:la|mi|nuestra|esta|una) lista|(?<row>fila|elemento|entrada|registro)(?: (?:de|en) (?:la|mi|nuestra|esta|una) lista)?)(?![\w])/,
    plural: (noun) => (/[aeiou]$/.test(noun) ? `${noun}s` : noun.endsWith('s') ? noun : `${noun}es`),
    assume: (list) =>
      `Los datos que inician el flujo tienen una lista «${list}»; lo que está en el bucle se ejecuta una vez por elemento.`,
  },
};

/** Reads the words of a loop; their place is blank in the Doc handed back. */
export function takeLoop(doc: Doc, language: Language): { doc: Doc; loop: Loop | undefined } {
  const found = speech[language].phrase.exec(doc.folded);
  if (!found) return { doc, loop: undefined };
  const span = { start: found.index, end: found.index + found[0].length };
  const { noun } = found.groups ?? {};
  const after = /^[,:]/.test(doc.folded.slice(span.end)) ? 1 : 0;
  const blank = ' '.repeat(span.end - span.start + after);
  const folded = doc.folded.slice(0, span.start) + blank + doc.folded.slice(span.end + after);
  const list = noun === undefined ? 'items' : slug(speech[language].plural(noun));
  return { doc: { ...doc, folded }, loop: { words: wordsOf(doc, span), list } };
}

/** Puts everything behind the trigger into a container, where the data of the trigger is that of the item. */
export function repeat(builder: GraphBuilder, start: ComposedNode, loop: Loop, language: Language): void {
  const path = listPath(builder.trigger);
  const body = builder.nodes.filter((node) => node !== start);
  // Who waits for an answer gets one, and not one per item.
  if (path === undefined || body.length === 0 || body.some(({ kind }) => kind === 'respond')) return;
  const id = builder.add('for-each', capital(loop.words), { items: `{{ ${path}.${loop.list} }}` });
  const container = builder.nodes.pop()!;
  builder.nodes.splice(builder.nodes.indexOf(start) + 1, 0, container);
  for (const node of body) {
    node.parent = id;
    node.config = asItem(node.config, path);
  }
  for (const edge of builder.edges)
    if (edge.source === start.id) Object.assign(edge, { source: id, sourcePort: 'each' });
  builder.edges.unshift({ source: start.id, sourcePort: 'out', target: id, targetPort: 'in' });
  builder.assume(speech[language].assume(loop.list));
}

function listPath({ kind }: Trigger): string | undefined {
  if (kind === 'manual') return 'trigger';
  return kind === 'webhook' ? 'trigger.body' : undefined;
}

/** Expressions that read what the trigger brought read the item instead. */
function asItem(config: Record<string, unknown>, path: string): Record<string, unknown> {
  const expression = new RegExp(`\\b${path.replace('.', '\\.')}(?![\\w])`, 'g');
  return JSON.parse(
    JSON.stringify(config).replace(/\{[{%][\s\S]*?[}%]\}/g, (liquid) => liquid.replace(expression, 'item')),
  ) as Record<string, unknown>;
}
