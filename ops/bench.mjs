// npm run bench -- <name> [arguments]: runs bench/<name>.ts. Without a name it lists what there is.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { environmentWithModules, node24, root, run, say } from './paths.mjs';

const folder = join(root, 'bench');
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => /^[a-z0-9-]+\.ts$/.test(file))
      .map((file) => file.slice(0, -3))
  : [];
const [name, ...rest] = process.argv.slice(2);

if (name && names.includes(name)) {
  await ensureInstalled({ dev: true });
  const { code } = await run(node24, [join(folder, `${name}.ts`), ...rest], { env: environmentWithModules() });
  process.exitCode = code;
} else {
  if (name) console.error(`There is no bench "${name}".`);
  say('npm run bench -- <name>');
  for (const known of names) say(`  ${known.padEnd(16)} ${purpose(known)}`);
  process.exitCode = name ? 1 : 0;
}

/** The first sentence of the comment on top of the file. */
function purpose(bench) {
  const text = readFileSync(join(folder, `${bench}.ts`), 'utf8');
  const comment = /^\/\*\*([\s\S]*?)\*\/|^\/\/(.*)/.exec(text);
  return (comment?.[1] ?? comment?.[2] ?? '')
    .replaceAll(/\s*\n\s*\*?\s*/g, ' ')
    .trim()
    .split(/(?<=\.)\s/)[0];
}
