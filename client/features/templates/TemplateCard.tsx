import { UnstyledButton } from '@mantine/core';
import type { KindLook } from '../../api/kinds.ts';
import { plural } from '../../i18n/t.ts';
import { GraphPicture } from '../../ui/GraphPicture.tsx';
import { costInWords } from './costWords.ts';
import { categoryWords } from './filterTemplates.ts';
import type { TemplateItem } from './filterTemplates.ts';
import classes from './TemplatesPage.module.css';

export function TemplateCard({
  template,
  looks,
  onOpen,
}: {
  template: TemplateItem;
  looks: ReadonlyMap<string, KindLook>;
  onOpen: () => void;
}) {
  return (
    <UnstyledButton className={classes.card ?? ''} onClick={onOpen}>
      <span className={classes.picture}>
        <GraphPicture
          graph={template.graph}
          looks={looks}
          show="beginning"
          height={190}
          label={plural(template.graph.nodes.length, '{n} step', '{n} steps')}
        />
      </span>
      <span className={classes.words}>
        <span className={classes.category}>{categoryWords[template.category]}</span>
        <span className={classes.name}>{template.name}</span>
        <span className={classes.description}>{template.description}</span>
        <span className={classes.facts}>
          {plural(template.graph.nodes.length, '{n} step', '{n} steps')} · {costInWords(template.cost)}
        </span>
      </span>
    </UnstyledButton>
  );
}
