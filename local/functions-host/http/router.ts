/**
 * Which function answers a request: the platform's routing, per app.
 * From: the HTTP triggers of one app. Next: `server.ts`.
 * A route that is known under another method answers 404, not 405, as the platform does; HEAD is not GET.
 */
import { HostRefusal } from '../refusal.ts';
import { matchRoute, parseRoute, type RouteParameters, type RouteTemplate } from './route-template.ts';

export type Route<T> = { name: string; methods: readonly string[]; route: string | undefined; target: T };
export type Router<T> = {
  find(method: string, path: string): { target: T; parameters: RouteParameters } | undefined;
};

type Entry<T> = { template: RouteTemplate; methods: Set<string>; target: T; name: string };

/** @throws HostRefusal for a route that is malformed, reserved, or answered by another function already. */
export const createRouter = <T>(app: string, routePrefix: string, routes: Route<T>[]): Router<T> => {
  const entries: Entry<T>[] = [];
  for (const { name, methods, route, target } of routes) {
    const template = templateOf(`${app}/${name}`, routePrefix, route || name);
    const entry = { template, methods: new Set(methods), target, name };
    refuseTwice(app, entries, entry);
    entries.push(entry);
  }
  entries.sort((a, b) => a.template.precedence.localeCompare(b.template.precedence));
  return {
    find: (method, path) => {
      const segments = pathSegments(path);
      for (const { methods, template, target } of entries) {
        if (!methods.has(method)) continue;
        const parameters = matchRoute(template, segments);
        if (parameters) return { target, parameters };
      }
      return undefined;
    },
  };
};

const templateOf = (where: string, routePrefix: string, route: string): RouteTemplate => {
  const full = [routePrefix, route.replace(/^\//, '')].filter((part) => part !== '').join('/');
  if (/^(admin|runtime)(\/|$)/i.test(full))
    throw new HostRefusal(
      `${where}: route '${full}' is reserved: /admin and /runtime belong to the platform`,
    );
  try {
    return parseRoute(full);
  } catch (error) {
    throw new HostRefusal(`${where}: route '${full}': ${(error as Error).message}`);
  }
};

/** Two functions for the same template and method would leave the choice to chance. */
const refuseTwice = <T>(app: string, entries: Entry<T>[], fresh: Entry<T>): void => {
  const shape = shapeOf(fresh.template);
  const other = entries.find(
    ({ template, methods }) => shapeOf(template) === shape && !methods.isDisjointFrom(fresh.methods),
  );
  if (other)
    throw new HostRefusal(
      `${app}/${fresh.name}: route '${fresh.template.text}' is already answered by ${other.name}`,
    );
};

const shapeOf = ({ text }: RouteTemplate): string =>
  text.toLowerCase().replace(/\{(\*?)[a-z_]\w*/g, (_all, star: string) => `{${star}`);

/** Decoded, without the slash at the end; an encoded slash stays encoded, as on the platform. */
export const pathSegments = (path: string): string[] => {
  const plain = /\/(\.|%2e)/i.test(path) ? new URL(path, 'http://x').pathname : path;
  const trimmed = plain.replace(/^\//, '').replace(/\/$/, '');
  return trimmed === '' ? [] : trimmed.split('/').map(decodeSegment);
};

const decodeSegment = (segment: string): string => {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment.replace(/%2f/gi, '%252F'));
  } catch {
    return segment; // not an encoding at all: taken as it is
  }
};
