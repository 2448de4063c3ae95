/**
 * The stand-in as a process of its own, to be killed or measured.
 * From: `durability.test.ts`, `pitfalls.test.ts` and the bench, with a state directory or `-` for memory.
 * Next: prints its connection string.
 */
import { openBus } from './under-test.ts';

const [stateDir] = process.argv.slice(2);
const bus = await openBus(stateDir === '-' ? undefined : stateDir);
process.stdout.write(`${bus.connectionString()}\n`);
