/**
 * The walk of one file: uploaded as a feed would send it, then some days of the business clock with their mails.
 * From: a file on this machine; its header line chooses the profile, the profile says what kind of file it is.
 * Next: `results.ts`, with the aging of each day run.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { startAzure, type WalkAzure } from './azure.ts';
import { dayAfter, latestDayIn } from './days.ts';
import type { Progress } from './progress.ts';
import { rowOfMail, type MessageRow } from './letters.ts';
import { readAgingOf, readResults, type AgingRow, type WalkResults } from './results.ts';
import { kindOfFile } from './kind.ts';
import { setUpCompany, type WalkPeople } from './set-up.ts';
import { setUpDunning } from './set-up-dunning.ts';
import { uploadFile } from './upload.ts';
import { workDay } from './work-day.ts';

export type FileOrder = { file: string; days: number; start?: string };

export const walkFile = async (
  { file, days, start }: FileOrder,
  progress: Progress,
): Promise<WalkResults> => {
  const bytes = readFileSync(file);
  const first = start ?? latestDayIn(bytes);
  const azure = await startAzure(`${first}T08:00:00Z`);
  try {
    const people = await setUpCompany(azure);
    await setUpDunning(azure, people, first);
    const report = await upload(azure, people, file, bytes, first, progress);
    const aging: AgingRow[] = await readAgingOf(people.executive, first);
    const sent: MessageRow[] = [];
    let last = '0';
    for (let day = 1; day <= days; day += 1) {
      const next = dayAfter(first, day);
      progress.at(day, days, next);
      const mails = await workDay(azure, people, next, last);
      last = mails.at(-1)?.id ?? last;
      for (const mail of mails) sent.push(await rowOfMail(people, accountOf(mail.plain), mail));
      aging.push(...(await readAgingOf(people.executive, next)));
    }
    const run = Array.from({ length: days + 1 }, (_, day) => dayAfter(first, day));
    return await readResults(azure, people, [report], run, aging, { sent, isCompared: false });
  } finally {
    progress.end();
    await azure.close();
  }
};

/** As every mail says at its end. @throws when it does not. */
const accountOf = (plain: string): string => {
  const account = /^To: .* · Account number (.+)$/m.exec(plain)?.[1];
  if (account === undefined) throw new Error(`a mail says nothing of its account:\n${plain}`);
  return account;
};

const upload = async (
  azure: WalkAzure,
  { manager, clerk }: WalkPeople,
  file: string,
  bytes: Uint8Array,
  day: string,
  progress: Progress,
) => {
  const { kind, locale } = kindOfFile(bytes, file);
  const isMoney = kind === 'bankStatement' || kind === 'remittance';
  const order = {
    ...{ name: basename(file), bytes, kind },
    ...(locale === undefined ? {} : { locale }),
    ...(kind === 'snapshot' ? { asOf: `${day}T07:59:59Z` } : {}),
  };
  const report = await uploadFile(
    isMoney ? clerk : manager,
    order,
    ({ state, progress: { bytesRead, partsDone, parts } }) => {
      const all = 2 * bytes.length;
      const posted = parts === undefined || parts === 0 ? 0 : (bytes.length * partsDone) / parts;
      progress.at(bytesRead + posted, all, `${basename(file)}: ${state}`);
    },
  );
  await azure.moveTo();
  return report;
};
