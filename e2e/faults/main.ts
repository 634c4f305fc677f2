import { runFaults } from './run.ts';
import { inWords, isBroken } from './report.ts';

/** `npm run test:faults`: KILLS (200) and SEED from the environment. */
const number = (name: string, standard: number): number => {
  const given = Number(process.env[name] ?? standard);
  if (!Number.isInteger(given) || given < 1) throw new Error(`${name} has to be a whole number from 1.`);
  return given;
};
const kills = number('KILLS', 200);
const report = await runFaults({
  kills,
  seed: number('SEED', Math.ceil(Math.random() * 1_000_000)),
  slots: { web: 2, worker: 2 },
  senders: 8,
  maxMs: Math.max(60_000, kills * 4_000),
  say: (line) => console.log(line),
});
console.log(inWords(report));
const { problems, ...figures } = report;
console.log(JSON.stringify({ ...figures, problems: problems.length }));
process.exitCode = isBroken(report) || report.kills.total < kills ? 1 : 0;
