/** Liquid for what a path offers: the trigger's data, a field of it, the person it is about. */
import { fold } from '../../../../shared/schedule/words/text.ts';
import { feedText } from './feeds.ts';
import { fieldWithin, knownField, slug } from './fields.ts';
import type { GraphBuilder, Path } from './graph.ts';
import { capital } from './text.ts';

/** All incoming data as readable text, or '' where the trigger brings none. */
export function allData(builder: GraphBuilder, path: Path): string {
  if (path.http !== undefined) return `{{ steps.${path.http}.body | json }}`;
  if (path.feed !== undefined) return feedText(path.feed);
  switch (builder.trigger.kind) {
    case 'form':
      return '{% for field in trigger.fields %}{{ field[0] }}: {{ field[1] }}\n{% endfor %}';
    case 'webhook':
    case 'mail':
      return '{{ trigger.body | json }}';
    case 'manual':
      return '{{ trigger | json }}';
    case 'schedule':
      return '';
  }
}

/** A field of the incoming data. A form gets the field when it lacks it; `undefined` where the trigger brings no data. */
export function dataField(builder: GraphBuilder, name: string, label: string): string | undefined {
  const { trigger, wording } = builder;
  switch (trigger.kind) {
    case 'form': {
      if (!trigger.fields.some((field) => field.name === name)) {
        const type = builder.lexicon.nouns.fields.find((field) => field.name === name)?.type ?? 'text';
        trigger.fields.push({ name, label, type, required: name === 'email', options: [] });
        builder.assume(wording.assume.formFieldAdded(label));
      }
      return `trigger.fields.${name}`;
    }
    case 'webhook':
    case 'mail':
      builder.dataFields.add(name);
      return `trigger.body.${name}`;
    case 'manual':
      builder.dataFields.add(name);
      return `trigger.${name}`;
    case 'schedule':
      return undefined;
  }
}

/** Where a folded subject ("the order value") is found: an AI field, an HTTP result, the incoming data. */
export function subjectExpression(builder: GraphBuilder, path: Path, subject: string): string | undefined {
  const { lexicon } = builder;
  if (subject === '') return writtenBy(builder);
  const known = knownField(subject, lexicon) ?? fieldWithin(subject, lexicon);
  const name = known?.name ?? (lexicon.nouns.fields.some((field) => field.name === subject) ? subject : slug(subject));
  const own = path.structured?.fields.find((field) => field.name === name || fold(field.name) === slug(subject));
  if (path.structured && own) return `steps.${path.structured.node}.data.${own.name}`;
  if (path.http !== undefined)
    return name === 'status' ? `steps.${path.http}.status` : `steps.${path.http}.body.${name}`;
  const listed =
    builder.trigger.kind === 'form'
      ? builder.trigger.fields.find((field) => field.name === name || fold(field.label) === subject)
      : undefined;
  if (listed) return `trigger.fields.${listed.name}`;
  return dataField(builder, name, capital(subject));
}

/** What somebody wrote, where a condition does not say what it is about ("if they mention the warranty"). */
function writtenBy(builder: GraphBuilder): string | undefined {
  const { trigger, wording } = builder;
  const text = trigger.kind === 'form' ? trigger.fields.find(({ type }) => type === 'textarea') : undefined;
  if (text) return `trigger.fields.${text.name}`;
  return dataField(builder, 'message', wording.form.message);
}
