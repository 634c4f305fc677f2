import type { NodeCatalogue, NodeDefinition, Port } from '../../shared/nodes/contract.ts';
import { language } from '../i18n/language.ts';
import { translate } from '../i18n/t.ts';

/** Every folder of shared/nodes is a kind. Only `index.ts` is taken: what runs on the server never gets into the bundle. */
const definitions = import.meta.glob<NodeDefinition>('../../shared/nodes/*/index.ts', { eager: true, import: 'node' });

/** All kinds, with their texts in the reader's language. */
export const catalogue: NodeCatalogue = new Map(
  Object.values(definitions).map((definition) => [definition.kind, translated(definition)]),
);

// Declared as functions: the catalogue above calls them while this module is loaded.
function inWords(port: Port): Port {
  return { ...port, label: translate(port.label) };
}

function translated(definition: NodeDefinition): NodeDefinition {
  if (language === 'en') return definition;
  const { texts, ports } = definition;
  const { out } = ports;
  return {
    ...definition,
    texts: {
      title: translate(texts.title),
      description: translate(texts.description),
      help: translate(texts.help),
    },
    ports: {
      in: ports.in.map(inWords),
      out: typeof out === 'function' ? (config) => out(config).map(inWords) : out.map(inWords),
    },
    summary: (config) => translate(definition.summary(config)),
  };
}
