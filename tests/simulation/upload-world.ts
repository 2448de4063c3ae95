/**
 * A company whose files come in by upload: blocks or at once, twice, at the wrong moment, into a process that dies;
 * messages in any order and again. After every step what must hold of imports, accounts and receipts is looked at.
 * From: `snapshotWorld`. Next: the simulation beside this file.
 */
import { createHash } from 'node:crypto';
import { createImport } from '../../functions/invoice-ingestion/create-import.ts';
import { commitImport, receiveFile, stageBlock } from '../../functions/invoice-ingestion/receive-file.ts';
import { importBody, type ImportBody } from '../../shared/contracts/imports.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import { checkAccount } from '../../shared/domain/invariants.ts';
import { unaccountedFor } from '../../shared/domain/receipt.ts';
import { companyId, queues, snapshotWorld, workOne } from '../functions/erp-exchange/snapshot-world.ts';
import { gateOf, type Fault } from '../support/faults.ts';
import { everything } from '../support/test-edge.ts';

export type Random = (below: number) => number;
export type Sent = {
  text: string;
  body: Partial<ImportBody> & Pick<ImportBody, 'kind' | 'name'>;
  at: string;
};

export const accountIds = ['acme', 'bolt', 'core', 'bulk'];
const feed = { by: 'feed', isFeed: true };
/** Comes an hour later; nothing here waits so long. */
const isLate = ({ body }: { body: object }): boolean => 'isLate' in body;

export type UploadWorld = ReturnType<typeof uploadWorld>;

/** `chance`: one effect in so many dies before or after it, or is made twice; 0: none does. */
export const uploadWorld = (random: Random, chance: number, mode: 'erpLed' | 'dunwellLed' = 'erpLed') => {
  const faults: Fault[] = ['crash-before', 'crash-after', 'twice'];
  let isCalm = true;
  const fault = ({ operation }: { operation: string }): Fault | undefined => {
    if (isCalm || chance === 0 || random(chance) > 0) return undefined;
    const drawn = faults[random(3)];
    // an append made twice is a conflict of its own making: only what names its effect by id may be
    return drawn === 'twice' && !/^(sender|files)\./.test(operation) ? undefined : drawn;
  };
  const world = snapshotWorld(gateOf({ fault }), mode);
  const done = new Set<string>();
  const looked = new Map<string, number>();
  let steps = 0;

  const bodyOf = ({ text, body }: Sent): ImportBody =>
    importBody.parse({
      ...{ company: companyId, source: 'books', locale: 'plain', scope: {} },
      ...{ size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') },
      ...body,
    });

  /** As one call, or announced, in blocks of which one comes twice, and committed. */
  const sendOnce = async (sent: Sent): Promise<string> => {
    const [body, bytes, now] = [bodyOf(sent), Buffer.from(sent.text), instantFromText(sent.at)];
    if (random(2) === 0) {
      const received = await receiveFile(world.parts, everything, body, bytes, feed, now);
      if (!received.ok) throw new Error(`${received.code}: ${received.detail}`);
      return received.value.document.importId;
    }
    const created = await createImport(world.parts, everything, body, feed, now);
    if (!created.ok) throw new Error(`${created.code}: ${created.detail}`);
    const { importId, state } = created.value.document;
    const block = { company: companyId, importId, n: 0 };
    if (state === 'receiving')
      for (let n = 0; n < 2; n += 1) await stageBlock(world.parts, everything, block, bytes);
    const committed = await commitImport(world.parts, everything, { companyId, importId }, now);
    if (!committed.ok) throw new Error(`${committed.code}: ${committed.detail}`);
    return importId;
  };

  /** A client tries until it has an answer. */
  const send = async (sent: Sent): Promise<string> => {
    for (;;) {
      try {
        return await sendOnce(sent);
      } catch (broken) {
        if (!world.gate.isDead) throw broken;
        world.gate.restart();
      }
    }
  };

  /** I2 nothing of a refused file goes on; each account adds up; B5 each receipt does. */
  const violations = async (): Promise<string[]> => {
    const { imports } = await world.imports.list(everything, companyId, { limit: 200 });
    const refused = new Set(imports.flatMap((one) => (one.state === 'refused' ? [one.importId] : [])));
    const found = (['account-postings', 'received-payments'] as const).flatMap((queue) =>
      (world.sender.sent.get(queue) ?? []).flatMap(({ body }) => {
        const { importId = '' } = body as { importId?: string };
        return refused.has(importId) ? [`I2 ${importId} was refused and ${queue} has it`] : [];
      }),
    );
    for (const accountId of accountIds) found.push(...(await inAccount(accountId)));
    for (const receipt of await receipts()) {
      const left = unaccountedFor(receipt);
      if (left !== 0) found.push(`B5 ${receipt.id} has ${left} that is nowhere`);
    }
    return found;
  };

  const inAccount = async (accountId: string): Promise<string[]> => {
    const key = { companyId, accountId };
    const { head } = (await world.accounts.load(everything, key)).account;
    if (looked.get(accountId) === head.version) return [];
    looked.set(accountId, head.version);
    const { items } = await world.accounts.openItems(everything, key, { limit: 1_000 });
    const unread = items
      .filter(({ id, readFrom }) => readFrom === undefined && !id.startsWith('payment:'))
      .map(({ id }) => `I8 ${id} names no row`);
    const broken = checkAccount({ head, items, hasAllOpen: true });
    return [...unread, ...broken.map(({ invariant, what }) => `${invariant} ${accountId}: ${what}`)];
  };

  const receipts = async () => {
    const page = await world.receipts.list(
      everything,
      companyId,
      { standing: 'provisional' },
      { limit: 200 },
    );
    return page.receipts;
  };

  const waiting = () =>
    queues.flatMap((queue) =>
      (world.sender.sent.get(queue) ?? [])
        .filter((one) => !done.has(`${queue} ${one.id}`) && !isLate(one))
        .map((one) => ({ queue, one })),
    );

  /** Delivers until nothing is left: in any order, some of it again, files sent again in between. */
  const settle = async (at: string, again: readonly Sent[]): Promise<void> => {
    for (let turns = 0; waiting().length > 0; turns += 1) {
      if (turns > 4_000) throw new Error('the bus is never quiet');
      if (again.length > 0 && random(12) === 0) await send(again[random(again.length)]!);
      const all = waiting();
      const { queue, one } = all[random(all.length)]!;
      try {
        const outcome = await workOne(world, queue, one, instantFromText(at));
        if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
        if (random(6) > 0) done.add(`${queue} ${one.id}`);
      } catch (broken) {
        if (turns > 3_900) throw broken;
        world.gate.restart(); // it comes again
      }
      steps += 1;
      const found = await violations();
      if (found.length > 0) throw new Error(`step ${steps}: ${found.join('; ')}`);
    }
  };

  return {
    world,
    send,
    settle,
    receipts,
    steps: () => steps,
    begin: async () => {
      await world.setUp();
      isCalm = false;
    },
    calm: () => void (isCalm = true),
  };
};
