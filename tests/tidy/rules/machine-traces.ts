/**
 * Paths of one person's machine and hosts of package registries, which mean nothing to others.
 * From: every text file. Next: findings. The names are put together here so that this file does not
 * hold them.
 */
import type { Rule } from '../repository.ts';

const folders = ['work', 'tmp', 'home(?!/site)', 'root', 'Users', 'private/var', 'var/folders', 'mnt'];
const machinePath = new RegExp(`(?<![\\w.}\\])*-])/(${folders.join('|')})/[\\w.-]`);
const registryHost = /https?:\/\/[^/\s"'`]*(registry|npm|artifactory|nexus|verdaccio)[^/\s"'`]*/i;
const homeDrive = /\b[A-Z]:\\+Users\\+/;

/** Lines that carry such a trace. */
export const machineTraces: Rule = (files) =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const found = [machinePath, registryHost, homeDrive]
        .map((trace) => trace.exec(line)?.[0])
        .find(Boolean);
      return found
        ? [`${path}:${index + 1}: "${found}" belongs to one machine; use a relative or temporary path`]
        : [];
    }),
  );
