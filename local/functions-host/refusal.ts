/**
 * A start-up that cannot go on: one clear line naming app, function and what is wrong.
 * From: every part of the host while it starts. Next: `local/main.ts` prints it and ends with code 1.
 */
export class HostRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HostRefusal';
  }
}
