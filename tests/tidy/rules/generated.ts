/**
 * Generated files say what their source says.
 * From: the list of generated files with the text each should have. Next: findings that name the command.
 */
import type { GeneratedFile } from '../../../scripts/generate/generated-files.ts';
import type { Rule } from '../repository.ts';

/** Files that are missing or differ from what their command would write. */
export const generatedCurrent =
  (generated: readonly GeneratedFile[]): Rule =>
  (files) =>
    generated
      .filter(({ path, text }) => files.find((file) => file.path === path)?.text !== text())
      .map(({ path, command }) => `${path}: is not current; run ${command}`);
