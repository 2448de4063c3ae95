/**
 * One version of one stored item, and the logical partition it lies in.
 * From: transactions and the replay of the journal. Next: the SQL engine reads rows, HTTP writes them out.
 * A row never changes; a write makes the next row and marks this one as past. System properties are
 * derived from numbers, so that a million rows cost little more than their bodies.
 */
import type { Json, JsonObject, SourceRow, SystemProperty } from '../sql/types.ts';
import type { KeyPart } from './partition-key.ts';
import { itemRid, type ContainerIds } from './rid.ts';

export type Partition = {
  key: KeyPart[];
  keyText: string;
  ids: ContainerIds;
  /** The number of the first item it held: the order in which cross-partition pages visit partitions. */
  ordinal: number;
  /** By id, in the order of item numbers. */
  items: Map<string, Row>;
  /** Unique key texts and who holds them; only where the container has unique keys. */
  unique: Map<string, Row> | undefined;
  /** Effective partition key, computed when first asked for. */
  epk: string | undefined;
};

export type RowFields = {
  body: JsonObject;
  partition: Partition;
  itemNumber: number;
  lsn: number;
  tsSeconds: number;
  expiresAtSeconds: number;
  bytes: number;
};

/** A class, since a million of them share their methods. */
export class Row implements SourceRow {
  readonly body: JsonObject;
  readonly partition: Partition;
  /** Counts the items of a container; survives updates, not a delete and create. */
  readonly itemNumber: number;
  /** Counts the writes of a container. */
  readonly lsn: number;
  readonly tsSeconds: number;
  /** Infinity for items that stay. */
  readonly expiresAtSeconds: number;
  /** UTF-8 bytes of the body as JSON. */
  readonly bytes: number;
  /** False once a newer version or a delete took its place. */
  live = true;

  constructor(fields: RowFields) {
    this.body = fields.body;
    this.partition = fields.partition;
    this.itemNumber = fields.itemNumber;
    this.lsn = fields.lsn;
    this.tsSeconds = fields.tsSeconds;
    this.expiresAtSeconds = fields.expiresAtSeconds;
    this.bytes = fields.bytes;
  }

  get id(): string {
    return this.body.id as string;
  }

  get rid(): string {
    return itemRid(this.partition.ids, this.itemNumber);
  }

  get etag(): string {
    const [version, item] = [hex(this.lsn), hex(this.itemNumber)];
    return `"${version.slice(4)}-0000-${version.slice(0, 4)}-0000-${item}"`;
  }

  system(name: SystemProperty): Json {
    if (name === '_rid') return this.rid;
    if (name === '_self') return `${this.partition.ids.self}docs/${this.rid}/`;
    if (name === '_etag') return this.etag;
    return name === '_ts' ? this.tsSeconds : attachments;
  }

  document(): JsonObject {
    const rid = this.rid;
    return {
      ...this.body,
      _rid: rid,
      _self: `${this.partition.ids.self}docs/${rid}/`,
      _etag: this.etag,
      _attachments: attachments,
      _ts: this.tsSeconds,
    };
  }

  /** The document as JSON text. */
  json(): string {
    const rid = this.rid;
    const self = `${this.partition.ids.self}docs/${rid}/`;
    const etag = this.etag.slice(1, -1);
    const body = JSON.stringify(this.body).slice(0, -1);
    return `${body},"_rid":"${rid}","_self":"${self}","_etag":"\\"${etag}\\"","_attachments":"${attachments}","_ts":${this.tsSeconds}}`;
  }
}

const attachments = 'attachments/';

const hex = (count: number): string => count.toString(16).padStart(12, '0');
