import type { ComposedNode } from '../../../../shared/workflow/composition.ts';
import type { GraphBuilder } from './graph.ts';
import { capital, shorten } from './text.ts';
import type { NamedField } from './fields.ts';

/** Makes the trigger node. The form's fields stay shared with the trigger, so that later steps can add what they need. */
export function addTrigger(builder: GraphBuilder): ComposedNode {
  const { trigger, wording } = builder;
  switch (trigger.kind) {
    case 'manual':
      if (!trigger.said) builder.assume(wording.assume.manual);
      return made(builder, 'manual', wording.titles.manual, { payload: '{}' });
    case 'webhook':
      builder.assume(wording.assume.webhook);
      return made(builder, 'webhook', trigger.words || wording.titles.webhook, { method: 'POST', answer: 'at_once' });
    case 'mail':
      builder.assume(wording.assume.webhookForMail);
      return made(builder, 'webhook', trigger.words || wording.titles.webhook, { method: 'POST', answer: 'at_once' });
    case 'schedule': {
      const { by, cron, rrule, timezone, everyWeeks, startDate } = trigger.reading;
      return made(builder, 'schedule', trigger.words, {
        by,
        cron,
        ...(by === 'rrule' ? { rrule } : {}),
        timezone,
        everyWeeks,
        startDate,
        missed: 'one',
      });
    }
    case 'form': {
      const { form } = wording;
      if (trigger.fields.length === 0) {
        trigger.fields.push(
          field('name', form.name, 'text'),
          field('email', form.email, 'email'),
          field('message', form.message, 'textarea'),
        );
        builder.assume(wording.assume.formFields(trigger.fields.map((one) => one.label).join(', ')));
      }
      return made(builder, 'form', trigger.words || wording.titles.form, {
        title: form.title,
        description: '',
        fields: trigger.fields,
        submitLabel: form.submit,
        thanks: form.thanks,
      });
    }
  }
}

function field(name: string, label: string, type: NamedField['type']): NamedField {
  return { name, label, type, required: true, options: [] };
}

function made(builder: GraphBuilder, kind: string, title: string, config: Record<string, unknown>): ComposedNode {
  const id = builder.add(kind, capital(shorten(title, 50)), config);
  const node = builder.nodes.find((one) => one.id === id);
  if (!node) throw new Error('a node that was just added is there');
  return node;
}
