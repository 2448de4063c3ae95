/**
 * Where an app begins in the cloud: the one file that reads the process environment.
 * From: the platform's app settings, `DUNWELL_APP` says which app this is; the list of functions beside the bundle.
 * Next: `listed-app.ts`, and behind it `main.ts`.
 */
import { readFileSync } from 'node:fs';
import { nextTurn } from '../shared/azure/next-turn.ts';
import { startTelemetry } from '../shared/azure/telemetry.ts';
import { systemNow } from '../shared/azure/system-clock.ts';
import { parseSettings } from '../shared/contracts/settings.ts';
import { registerListed, type FunctionList } from './listed-app.ts';

const settings = parseSettings(process.env);
void startTelemetry(settings.telemetry); // a rejection ends the process, as it should
const list = JSON.parse(readFileSync(`${import.meta.dirname}/functions.json`, 'utf8')) as FunctionList;
registerListed({ settings, now: systemNow, list, nextTurn });
