import { ActionIcon, Button, Group, Input, SegmentedControl, Select, Stack, Switch } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { operatorOptions, unaryOperators } from '../../../shared/nodes/operators.ts';
import { t } from '../../i18n/t.ts';
import { ExpressionField } from '../expression/ExpressionField.tsx';
import { problemsAt, useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import './form.css';
import { Tooltip } from '../../ui/Tooltip.tsx';

interface Rule {
  left: unknown;
  operator: string;
  right: unknown;
}
interface RuleGroup {
  combinator: 'and' | 'or';
  not?: boolean;
  rules: (Rule | RuleGroup)[];
}

/** Groups inside groups, as the schema allows. */
const deepest = 2;
const newRule = (): Rule => ({ left: '', operator: 'equals', right: '' });
const isGroup = (rule: Rule | RuleGroup): rule is RuleGroup => 'combinator' in rule;
const unary: ReadonlySet<string> = new Set(unaryOperators);

/** Conditions in words: each rule on two lines, so that it fits the narrow panel; groups joined by and/or inside groups. */
export function RulesField({ label, schema, value, onChange, problems, path }: FieldWidgetProps) {
  const group = asGroup(value);
  return (
    <Input.Wrapper
      label={label}
      description={schema.description}
      error={problems[0]?.message}
      labelElement="div"
      data-field={path}
    >
      <GroupEditor group={group} path={path} depth={0} onChange={onChange} />
    </Input.Wrapper>
  );
}

function asGroup(value: unknown): RuleGroup {
  const given = value as Partial<RuleGroup> | null | undefined;
  return given && Array.isArray(given.rules) ? (given as RuleGroup) : { combinator: 'and', rules: [] };
}

interface GroupEditorProps {
  group: RuleGroup;
  path: string;
  depth: number;
  onChange: (group: RuleGroup) => void;
  onRemove?: () => void;
}

function GroupEditor({ group, path, depth, onChange, onRemove }: GroupEditorProps) {
  const { readOnly } = useFormContext();
  const setRule = (index: number, rule: Rule | RuleGroup) =>
    onChange({ ...group, rules: group.rules.with(index, rule) });
  const drop = (index: number) => onChange({ ...group, rules: group.rules.toSpliced(index, 1) });
  const joined = group.rules.length > 1 || depth > 0;
  return (
    <div className="mw-rules" data-depth={depth}>
      {joined ? <GroupHead group={group} depth={depth} onChange={onChange} onRemove={onRemove} /> : null}
      <Stack gap={8}>
        {group.rules.map((rule, index) =>
          isGroup(rule) ? (
            <GroupEditor
              key={index}
              group={rule}
              path={`${path}.rules.${index}`}
              depth={depth + 1}
              onChange={(next) => setRule(index, next)}
              onRemove={() => drop(index)}
            />
          ) : (
            <RuleEditor
              key={index}
              rule={rule}
              path={`${path}.rules.${index}`}
              number={index + 1}
              onChange={(next) => setRule(index, next)}
              onRemove={() => drop(index)}
            />
          ),
        )}
      </Stack>
      {readOnly ? null : (
        <Group gap={8} mt={8}>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Plus size={14} />}
            onClick={() => onChange({ ...group, rules: [...group.rules, newRule()] })}
          >
            {t('Rule')}
          </Button>
          {depth < deepest ? (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<Plus size={14} />}
              onClick={() =>
                onChange({
                  ...group,
                  rules: [
                    ...group.rules,
                    { combinator: group.combinator === 'and' ? 'or' : 'and', rules: [newRule()] },
                  ],
                })
              }
            >
              {t('Group')}
            </Button>
          ) : null}
        </Group>
      )}
    </div>
  );
}

function GroupHead({
  group,
  depth,
  onChange,
  onRemove,
}: Pick<GroupEditorProps, 'group' | 'depth' | 'onChange'> & { onRemove: (() => void) | undefined }) {
  const { readOnly } = useFormContext();
  return (
    <Group justify="space-between" wrap="nowrap" mb={8} gap={8}>
      <SegmentedControl
        size="xs"
        value={group.combinator}
        readOnly={readOnly}
        aria-label={t('How the rules are joined')}
        data={[
          { value: 'and', label: t('All hold') },
          { value: 'or', label: t('Any holds') },
        ]}
        onChange={(combinator) => onChange({ ...group, combinator: combinator === 'or' ? 'or' : 'and' })}
      />
      <Group gap={8} wrap="nowrap">
        <Switch
          size="xs"
          label={t('not')}
          checked={group.not === true}
          disabled={readOnly}
          onChange={(event) => onChange({ ...group, not: event.currentTarget.checked })}
        />
        {depth > 0 && onRemove && !readOnly ? (
          <ActionIcon size={24} aria-label={t('Remove the group')} onClick={onRemove}>
            <X size={14} />
          </ActionIcon>
        ) : null}
      </Group>
    </Group>
  );
}

interface RuleEditorProps {
  rule: Rule;
  path: string;
  number: number;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

function RuleEditor({ rule, path, number, onChange, onRemove }: RuleEditorProps) {
  const { readOnly, problems } = useFormContext();
  const side = (name: 'left' | 'right', label: string, placeholder: string) => (
    <ExpressionField
      path={`${path}.${name}`}
      label={t('{label} of rule {number}', { label, number })}
      schema={{ expression: 'value', placeholder }}
      value={rule[name]}
      onChange={(value) => onChange({ ...rule, [name]: value })}
      problems={problemsAt(problems, `${path}.${name}`)}
      multiline={false}
      bare
    />
  );
  return (
    <div className="mw-rule" role="group" aria-label={t('Rule {number}', { number })}>
      {side('left', 'Value', '{{ input.… }}')}
      <div className="mw-rule-line">
        <Select
          className="mw-rule-operator"
          aria-label={t('Comparison of rule {number}', { number })}
          data={operatorOptions}
          value={rule.operator}
          allowDeselect={false}
          searchable
          readOnly={readOnly}
          onChange={(operator) => operator !== null && onChange({ ...rule, operator })}
        />
        {unary.has(rule.operator) ? (
          <span className="mw-rule-nothing" />
        ) : (
          <div className="mw-rule-right">{side('right', t('Compared value'), 'value')}</div>
        )}
        {readOnly ? null : (
          <Tooltip label={t('Remove the rule')}>
            <ActionIcon size={28} mt={3} aria-label={t('Remove rule {number}', { number })} onClick={onRemove}>
              <X size={15} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  );
}
