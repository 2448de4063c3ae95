/**
 * How far the walk is, for the person who waits.
 * From: the walk's steps. Next: standard error: a bar on a terminal, else a line for each twentieth of the way.
 */
export type Progress = {
  /** `done` of `all` steps; `what` says what is under way. */
  at(done: number, all: number, what: string): void;
  end(): void;
};

const width = 32;

export const progressOn = (out: NodeJS.WriteStream): Progress =>
  out.isTTY === true ? barOn(out) : linesOn(out);

const barOn = (out: NodeJS.WriteStream): Progress => {
  let drawn = '';
  return {
    at: (done, all, what) => {
      const line = lineOf(done, all, what);
      if (line === drawn) return;
      drawn = line;
      out.write(`\r\u001b[2K${line}`);
    },
    end: () => {
      if (drawn !== '') out.write('\r\u001b[2K');
      drawn = '';
    },
  };
};

/** A log is read later and is not to be filled. */
const linesOn = (out: NodeJS.WriteStream): Progress => {
  let told = 0;
  return {
    at: (done, all, what) => {
      const twentieths = Math.floor(shareOf(done, all) * 20);
      if (twentieths === told) return;
      told = twentieths;
      out.write(`${twentieths * 5} %  ${what}\n`);
    },
    end: () => undefined,
  };
};

const shareOf = (done: number, all: number): number => (all === 0 ? 1 : Math.min(done / all, 1));

const lineOf = (done: number, all: number, what: string): string => {
  const share = shareOf(done, all);
  const filled = Math.round(share * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.floor(share * 100)).padStart(3)} %  ${what}`;
};
