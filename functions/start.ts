/**
 * Where an app begins in the cloud: the one file that reads the process environment.
 * From: the platform's app settings; `DUNWELL_APP` says which app this is. Next: `main.ts`.
 */
import { startTelemetry } from '../shared/azure/telemetry.ts';
import { systemNow } from '../shared/azure/system-clock.ts';
import { parseSettings } from '../shared/contracts/settings.ts';
import { registerApp } from './main.ts';

const settings = parseSettings(process.env);
void startTelemetry(settings.telemetry); // a rejection ends the process, as it should
registerApp(settings, systemNow);
