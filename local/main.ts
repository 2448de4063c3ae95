/**
 * `npm start`: Azure on one machine, and Dunwell's apps on it.
 * From: the command line. Next: one line per service saying where it is; Ctrl-C ends everything.
 * Whatever stops the start is one clear line and exit code 1.
 */
import { seedSnapshot, startDemo } from './demo-start.ts';
import { readEnvironment, usage } from './environment.ts';
import { runLocal, type Running } from './run.ts';

/** Ctrl-C ends everything within three seconds, whatever hangs. */
const longestEndMs = 2_800;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const main = async (): Promise<void> => {
  const environment = readEnvironment(process.argv.slice(2), process.env);
  if (environment.help) return print(usage);
  if (environment.seed) {
    await seedSnapshot(environment, print);
    process.exit(0);
  }
  let running: Running | undefined = undefined;
  const end = () => {
    if (!running) process.exit(0); // still starting: nothing was promised to anybody yet
    setTimeout(() => process.exit(1), longestEndMs).unref(); // never keep a person waiting
    void running.close().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  running = await (environment.demo ? startDemo : runLocal)(environment, print);
};

main().catch((error: unknown) => {
  process.stderr.write(`Dunwell did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
