/**
 * A process that writes blobs until it is killed, and says which ones were acknowledged.
 * From: `restart.test.ts` starts and kills it. Next: `restart.test.ts` looks for each of them.
 */
import { clientOf, put, startLocal } from './under-test.ts';

const { service } = await startLocal(process.argv[2]);
process.stdout.write(`port ${service.port}\n`);
const container = clientOf(service.connectionString()).getContainerClient('uploads');

const writeOn = async (writer: number): Promise<void> => {
  for (let number = 0; ; number += 1) {
    const name = `${writer}-${number}`;
    await put(container.getBlockBlobClient(name), `content of ${name}`);
    process.stdout.write(`${name}\n`);
  }
};

await Promise.all([writeOn(1), writeOn(2), writeOn(3)]);
