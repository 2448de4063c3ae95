/**
 * Writes down what every app registers, so that a cold start can tell the platform without reading the code of all pieces.
 * From: `functions/main.ts`, run as `npm start` runs it, with all its checks of routes. Next: `functions.json` in the
 * package, read by `functions/start.ts`.
 */
import type { FunctionList, ListedFunction } from '../../functions/listed-app.ts';
import { openSurfaces, surfacesOf } from '../../functions/main.ts';
import { systemNow } from '../../shared/azure/system-clock.ts';
import { parseSettings } from '../../shared/contracts/settings.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { forgetFunctions } from '../../shared/edge/edge.ts';
import { settingsOf } from './registered-functions.ts';

/** @throws when an app would not start. */
export const functionList = async (): Promise<FunctionList> => {
  const list: Record<string, ListedFunction[]> = {};
  for (const app of Object.keys(topology.apps)) list[app] = await functionsOf(app);
  return list;
};

const functionsOf = async (app: string): Promise<ListedFunction[]> => {
  const listed: ListedFunction[] = [];
  let surface = '';
  const { parts, register } = openSurfaces(
    parseSettings(settingsOf(app)),
    systemNow,
    (described) => void listed.push({ surface, ...described }),
  );
  for (surface of surfacesOf(app)) await register(surface);
  await parts.close();
  forgetFunctions(app);
  return listed;
};
