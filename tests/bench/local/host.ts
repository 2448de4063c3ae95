/**
 * What the Functions host costs per HTTP call: CPU of its own process, beside bare `node:http`.
 * From: `npm run bench -- local`. Next: the table. The calls come from this process and are not counted.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { percentile, type Bench } from '../kit.ts';

const warmUpCalls = 15_000;
const windows = 5;
const windowCalls = 4_000;
const connections = 16;
const targetMicroseconds = 400;

const answerOf = async <T>(child: ChildProcess): Promise<T> => {
  const [message] = (await once(child, 'message')) as [T];
  return message;
};

const cpuMicroseconds = async (child: ChildProcess): Promise<number> => {
  child.send('cpu');
  const { cpu } = await answerOf<{ cpu: NodeJS.CpuUsage }>(child);
  return cpu.user + cpu.system;
};

const call = (url: string, agent: Agent): Promise<void> =>
  new Promise((resolve, reject) => {
    get(`${url}/api/accounts/C-1000?page=2`, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    }).on('error', reject);
  });

const callMany = async (url: string, agent: Agent, calls: number): Promise<void> => {
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await call(url, agent);
  };
  await Promise.all(Array.from({ length: connections }, worker));
};

/** CPU microseconds a call takes in a process of its own: the median of several windows. */
const costOf = async (kind: 'host' | 'bare'): Promise<number> => {
  const child = fork(join(import.meta.dirname, 'host-child.ts'), [kind]);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const { url } = await answerOf<{ url: string }>(child);
    await callMany(url, agent, warmUpCalls);
    const costs: number[] = [];
    for (let window = 0; window < windows; window += 1) {
      const before = await cpuMicroseconds(child);
      await callMany(url, agent, windowCalls);
      costs.push(((await cpuMicroseconds(child)) - before) / windowCalls);
    }
    return percentile(costs, 0.5);
  } finally {
    agent.destroy();
    child.disconnect();
  }
};

export const hostBench: Bench = {
  name: 'functions host',
  run: async () => {
    const limit = await costOf('bare');
    const figure = await costOf('host');
    return [
      {
        job: 'CPU per HTTP call, GET with small JSON',
        figure,
        unit: 'µs',
        target: `≤ ${targetMicroseconds}`,
        met: figure <= targetMicroseconds,
        limit,
      },
    ];
  },
};
