/** Changes of settings that are said in passing: "wait 3 days instead", "send it to x@y.de instead", "also send me a copy". */
import { fold } from '../../../../../shared/schedule/words/text.ts';
import { understandSchedule } from '../../../../../shared/schedule/words/understand.ts';
import type { WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import { docOf } from '../text.ts';
import { exec } from './editing.ts';
import type { Command, Editing } from './editing.ts';
import { findSteps } from './find-step.ts';
import { sayings, titlesOf } from './say.ts';
import { addressesIn, delayIn, isDelay, setField, trimmedValue, withoutSmallWords } from './settings.ts';
import { withNode } from './surgery.ts';

/** "Wait 3 days instead of 2", "run it every Monday at 8", "send the reminder to x@y.de instead". */
export const changeInPassing: Command = (editing) => {
  const { clause, words, graph } = editing;
  const has = (kind: string) => graph.nodes.some((node) => node.kind === kind);
  const instead = new RegExp(`(?<!\\w)(?:${words.instead})[.!]?$`).test(clause.folded);
  if (instead && has('delay') && isDelay(docOf(trimmedValue(clause.original, editing)), editing)) {
    const old = delayIn(
      docOf(clause.original.replace(/^.*?(?:instead of|rather than|statt|anstatt|anstelle)/i, '')),
      editing,
    );
    const was = graph.nodes.filter(({ kind, config }) => kind === 'delay' && config['amount'] === old?.amount);
    const [only] = was;
    return setField(
      'delay',
      was.length === 1 ? only!.title : '',
      docOf(trimmedValue(clause.original, editing)),
      editing,
    );
  }
  const runs =
    /^(?:please |bitte )?(?:run|start|starte|lass|schedule|execute)(?: (?:it|this|the workflow|es|ihn|den workflow))?(?: laufen)? (?<when>.+)/.exec(
      clause.folded,
    );
  if (runs && has('schedule')) {
    const when = clause.original.slice(clause.original.length - runs.groups!['when']!.length);
    if (understandSchedule(when, editing).type === 'understood') return setField('schedule', '', docOf(when), editing);
  }
  const source =
    editing.language === 'de'
      ? '(?:sende|schicke?|maile) (?<ref>.+?) (?:an|zu)'
      : '(?:send|mail|address) (?<ref>.+?) to';
  const redirected = exec(`${source} (?<who>[EL]+)(?: .*)?`, editing, true);
  const place = redirected?.indices?.groups;
  if (!redirected || !place?.['ref'] || !place['who']) return undefined;
  const ref = clause.original.slice(...place['ref']);
  const found = findSteps(withoutSmallWords(ref, editing), editing);
  const definite = !new RegExp('^(?:an?|eine?n?|another|noch) ').test(fold(ref));
  if (!definite || !found.nodes.some(({ kind }) => kind === 'email-send')) return undefined;
  return setField('to', withoutSmallWords(ref, editing), docOf(clause.original.slice(...place['who'])), editing);
};

/** "Also send me a copy", "cc boss@example.com on the welcome mail", "schicke chef@example.com eine Kopie". */
export const sendCopy: Command = (editing) => {
  const { clause, words, language } = editing;
  const say = sayings[language];
  if (
    exec(words.copy, editing) === null ||
    new RegExp(`(?:${words.change}) .*(?:${words.becomes}) `).test(clause.folded)
  )
    return undefined;
  const who = addressesIn(clause, editing);
  const wantsMe = new RegExp(`(?<!\\w)(?:${words.me})(?!\\w)`).test(clause.folded);
  if (who.length === 0) return wantsMe || /cc|cop|kopie/.test(clause.folded) ? { refused: say.noAddress } : undefined;
  const named = copiedMail(editing);
  const mails = (named ?? editing.graph.nodes).filter(({ kind }) => kind === 'email-send');
  if (mails.length === 0) return { refused: say.noStep(clause.original, titlesOf(editing.graph.nodes, language)) };
  const field = new RegExp(words.blind).test(clause.folded) ? 'bcc' : 'cc';
  let { graph } = editing;
  for (const { id } of mails) {
    graph = withNode(graph, id, (node) => {
      const old = typeof node.config[field] === 'string' ? node.config[field] : '';
      const fresh = who.filter((address) => !old.toLowerCase().includes(address.toLowerCase()));
      return {
        ...node,
        config: { ...node.config, [field]: [old.trim(), ...fresh].filter((part) => part !== '').join(', ') },
      };
    });
  }
  return { graph, said: say.copied(who.join(', '), titlesOf(mails, language)), last: mails[0]!.id };
};

/** "… of the welcome mail": the mail that is named behind one of the small words. */
function copiedMail(editing: Editing): WorkflowNode[] | undefined {
  const { folded, original } = editing.clause;
  let best: ReturnType<typeof findSteps> | undefined;
  for (const match of folded.matchAll(/(?<![\w])(?:of|on|for|in|von|bei|vom|der|des)\s+/g)) {
    const start = match.index + match[0].length;
    const length = /\s(?:to|an|in|on|auf)\s|[.!]?$/.exec(folded.slice(start))?.index ?? folded.length;
    const found = findSteps(original.slice(start, start + length), editing);
    const mails = found.nodes.filter(({ kind }) => kind === 'email-send');
    if (mails.length > 0 && found.score > (best?.score ?? 0)) best = { ...found, nodes: mails };
  }
  return best?.nodes;
}
