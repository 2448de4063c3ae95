/**
 * Single documents written under their etag: what several stores have in common.
 * From: stores of this folder. Next: Cosmos DB.
 */
import type { Container } from '@azure/cosmos';

export type Marked = { document: object; mark: string | undefined };

/** The document and its etag; undefined when there is none. */
export const readMarked = async (
  container: Container,
  id: string,
  partition: string,
): Promise<Marked | undefined> => {
  const { resource, etag } = await container.item(id, partition).read<object>();
  return resource === undefined ? undefined : { document: resource, mark: etag };
};

/** Creates it where `mark` is undefined, else replaces what bears the mark; false when somebody was first. */
export const writeMarked = async (
  container: Container,
  document: { id: string },
  partition: string,
  mark: string | undefined,
): Promise<boolean> => {
  try {
    if (mark === undefined) await container.items.create(document);
    else
      await container.item(document.id, partition).replace(document, {
        accessCondition: { type: 'IfMatch', condition: mark },
      });
    return true;
  } catch (fault) {
    if (![404, 409, 412].includes((fault as { code?: number }).code ?? 0)) throw fault;
    return false;
  }
};

/** Gone afterwards; one that was never there is fine. */
export const removeDocument = async (container: Container, id: string, partition: string): Promise<void> => {
  try {
    await container.item(id, partition).delete();
  } catch (fault) {
    if ((fault as { code?: number }).code !== 404) throw fault;
  }
};
