import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue.ts';
import { scopeOf } from '../expression/scope.ts';
import { NodeForm } from './NodeForm.tsx';

const { scope } = scopeOf({ nodes: [], edges: [], direction: 'down' }, catalogue, 'x', () => undefined, new Date(0));

function draw(config: Record<string, unknown> = {}, readOnly = false) {
  const changes: Record<string, unknown>[] = [];
  render(
    <MantineProvider env="test">
      <NodeForm
        definition={catalogue.get('schedule')!}
        context={{
          config,
          scope,
          suggestions: [],
          problems: [],
          providers: [],
          workflows: [],
          readOnly,
          focusField: null,
        }}
        onChange={(field, value) => changes.push({ [field]: value })}
        onChangeAll={(fields) => changes.push({ ...fields })}
      />
    </MantineProvider>,
  );
  return changes;
}

const say = (words: string): void =>
  void fireEvent.change(screen.getByLabelText('In your words'), { target: { value: words } });

describe('a schedule in words', () => {
  it('is shown as it was understood, and set only when the person says so', () => {
    const changes = draw({ timezone: 'Europe/Berlin' });
    say('alle drei Tage um 7 Uhr');
    expect(screen.getByRole('status').textContent).toContain('Every 3 days at 07:00, Europe/Berlin');
    expect(changes).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Use this' }));
    expect(changes).toEqual([
      expect.objectContaining({
        by: 'rrule',
        rrule: expect.stringContaining('FREQ=DAILY;INTERVAL=3'),
        timezone: 'Europe/Berlin',
      }),
    ]);
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('says which words it does not understand, and offers nothing', () => {
    draw();
    say('every Monday at 8 except on holidays');
    expect(screen.getByText(/Not understood: “except on holidays”/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use this' })).toBeNull();
  });

  it('is not asked for where nothing can be changed', () => {
    draw({}, true);
    expect(screen.queryByLabelText('In your words')).toBeNull();
  });
});

it('shows a rule with what is wrong with it', () => {
  const changes = draw({ by: 'rrule', rrule: 'FREQ=OFTEN' });
  expect(screen.getByText(/FREQ has to be one of/)).toBeTruthy();
  fireEvent.change(screen.getByLabelText('Rule'), { target: { value: 'FREQ=DAILY;BYHOUR=9' } });
  expect(changes).toEqual([{ rrule: 'FREQ=DAILY;BYHOUR=9' }]);
});
