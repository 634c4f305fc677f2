import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../shared/workflow/problem.ts';
import type { NodeDefinition } from '../../../shared/nodes/contract.ts';
import { catalogue } from '../catalogue.ts';
import { scopeOf, suggestionsOf } from '../expression/scope.ts';
import { NodeForm } from './NodeForm.tsx';
import { fieldsOf, isShown, labelOf, widgetOf } from './schema.ts';
import { widgets } from './widgets.ts';

const emptyScope = scopeOf({ nodes: [], edges: [], direction: 'down' }, catalogue, 'x', () => undefined, new Date(0));

async function draw(definition: NodeDefinition, config: Record<string, unknown>, problems: Problem[] = []) {
  const changes: [string, unknown][] = [];
  const view = render(
    <MantineProvider env="test">
      <NodeForm
        definition={definition}
        context={{
          config,
          scope: emptyScope.scope,
          suggestions: suggestionsOf(emptyScope),
          problems,
          providers: [],
          workflows: [],
          readOnly: false,
          focusField: null,
        }}
        onChange={(field, value) => changes.push([field, value])}
        onChangeAll={(fields) => changes.push(...Object.entries(fields))}
      />
    </MantineProvider>,
  );
  // Expression fields arrive lazily.
  await act(async () => void (await import('../expression/CodeField.tsx')));
  return { ...view, changes };
}

const kinds = [...catalogue.values()];

describe('the form of every kind', () => {
  it('knows a catalogue', () => expect(kinds.length).toBeGreaterThanOrEqual(14));

  it.each(kinds.map((kind) => [kind.kind, kind] as const))(
    '%s: every setting that applies is drawn with its label',
    async (_name, kind) => {
      const config = kind.config.parse({}) as Record<string, unknown>;
      const { container } = await draw(kind, config);
      for (const more of screen.queryAllByRole('button', { name: 'More' }))
        await act(async () => fireEvent.click(more));
      for (const [name, schema] of Object.entries(fieldsOf(kind))) {
        expect(widgets[widgetOf(schema)], `${name} has a widget`).toBeTypeOf('function');
        const shown = isShown(schema, config);
        const place = container.querySelector(`[data-field="${name}"]`);
        expect(place !== null, `${name} is ${shown ? 'shown' : 'hidden'}`).toBe(shown);
        if (!shown) continue;
        const labels = [...container.querySelectorAll('[aria-label]')].map((element) =>
          element.getAttribute('aria-label'),
        );
        const label = labelOf(name, schema);
        expect(container.textContent?.includes(label) || labels.includes(label), `“${label}” can be read`).toBe(true);
      }
    },
  );

  it('draws everything of a kind whose lists are filled', async () => {
    const kind = catalogue.get('condition')!;
    const rules = {
      combinator: 'and',
      rules: [
        { left: 'a', operator: 'equals', right: 'b' },
        { combinator: 'or', rules: [{ left: 'c', operator: 'is_empty', right: '' }] },
      ],
    };
    const { changes } = await draw(kind, { rules });
    const outer = screen.getAllByRole('button', { name: 'Rule' });
    await act(async () => fireEvent.click(outer.at(-1)!));
    expect(changes.at(-1)).toEqual([
      'rules',
      { ...rules, rules: [...rules.rules, { left: '', operator: 'equals', right: '' }] },
    ]);
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Remove the group' })));
    expect(changes.at(-1)).toEqual(['rules', { ...rules, rules: [rules.rules[0]] }]);
  });

  it('shows a problem at its field', async () => {
    const kind = catalogue.get('manual')!;
    const [name] = Object.keys(fieldsOf(kind));
    const problem: Problem = { severity: 'error', code: 'invalid_config', message: 'That is wrong.', field: name! };
    const { container } = await draw(kind, kind.config.parse({}) as Record<string, unknown>, [problem]);
    expect(within(container).getByText('That is wrong.')).toBeTruthy();
  });
});
