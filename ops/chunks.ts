/**
 * Which modules of the client share a file. Left alone, the bundler makes a file for each set of pages that shares a module: 160 for the first
 * load of the editor, most of them tiny, which compress badly and cost a request each.
 */
import { join } from 'node:path';

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** The file of a module: where it first belongs, in this order. */
const order = ['start', 'outside', 'shell', 'pages', 'editor'] as const;
export type ChunkName = (typeof order)[number];

export interface Entries {
  /** What every page needs. */
  start: string;
  /** Pages for those who are not signed in: small, since nothing has been loaded before them. */
  outside: readonly string[];
  /** The frame around all pages inside. */
  shell: string;
  /** Pages inside, but the editor. */
  pages: readonly string[];
  editor: string;
}

/** Everything that these modules import statically, they themselves included. */
function staticallyImported(graph: Graph, roots: readonly string[]): Set<string> {
  const seen = new Set(roots);
  for (const id of seen) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) seen.add(imported);
  return seen;
}

/**
 * Names the file of a module that the editor's first load needs: `start`; `outside` for what pages outside need as well; `shell`; `pages` for what
 * other pages inside need as well; `editor` for the rest. Null for all that the first load does without: as the bundler likes.
 */
export function chunkOf(entries: Entries): (id: string, graph: Graph) => ChunkName | null {
  let sets: Record<ChunkName, Set<string>> | undefined;
  return (id, graph) => {
    sets ??= {
      start: staticallyImported(graph, [entries.start]),
      outside: staticallyImported(graph, entries.outside),
      shell: staticallyImported(graph, [entries.shell]),
      pages: staticallyImported(graph, entries.pages),
      editor: staticallyImported(graph, [entries.editor]),
    };
    const { start, shell, editor } = sets;
    if (!start.has(id) && !shell.has(id) && !editor.has(id)) return null;
    return order.find((name) => sets?.[name].has(id)) ?? null;
  };
}

/** Libraries that at least so many of the lazy parts use are as good as everywhere, and share a file. */
const everywhere = 30;
const isLibrary = (id: string): boolean => id.includes('node_modules');

/** The bundler's groups for the client at `root`. Libraries are apart: their index files import more than anybody uses. */
export function chunkGroups(root: string) {
  const page = (name: string): string => join(root, 'features', `${name}Page.tsx`);
  const nameOf = chunkOf({
    start: join(root, 'app/start.tsx'),
    outside: ['SignIn', 'SignUp', 'ForgotPassword', 'ResetPassword', 'VerifyEmail', 'Invitation'].map((name) =>
      page(`auth/${name}`),
    ),
    shell: join(root, 'app/Shell.tsx'),
    pages: [
      'home/Home',
      'workflows/Workflows',
      'runs/Runs',
      'templates/Templates',
      'inbox/Inbox',
      'dashboard/Dashboard',
    ].map(page),
    editor: page('editor/Editor'),
  });
  const own = order.map((name, index) => ({
    name: (id: string, graph: Graph) => (nameOf(id, graph) === name ? name : null),
    test: (id: string) => !isLibrary(id),
    priority: order.length - index,
    includeDependenciesRecursively: false,
  }));
  const libraries = {
    name: 'libraries',
    test: isLibrary,
    minShareCount: everywhere,
    includeDependenciesRecursively: false,
  };
  return [...own, libraries];
}
