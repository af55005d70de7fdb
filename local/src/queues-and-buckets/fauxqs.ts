import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { buildApp, type BuildAppOptions } from 'fauxqs';
import { trackAbandonedWork } from './abandoned-work.ts';

type Stores = NonNullable<BuildAppOptions['stores']>;
type Persistence = NonNullable<Stores['sqsStore']['persistence']>;

export type Fauxqs = {
  app: ReturnType<typeof buildApp>;
  stores: Stores;
  /** Loads what the folder holds and writes every later change there. The URLs of the queues start with `url`. */
  persist(folder: string, url: string): void;
  closeDatabase(): void;
  /** SQS's own answer to a parameter that it does not take */
  refuse: (words: string) => Error;
};

/**
 * fauxqs put together from its parts. Its own `startFauxqs` listens on every network interface and names queues by a
 * host that does not resolve; `buildApp` with our stores listens on loopback and names queues by the host asked.
 * The store classes are not in the package's `exports`, so they are imported by file; the version is pinned.
 */
export async function buildFauxqs(): Promise<Fauxqs> {
  const stores = await newStores();
  const { PersistenceManager } = await part<{ PersistenceManager: new (folder: string) => Persistence }>(
    'persistence.js',
  );
  const { SqsError } = await part<{ SqsError: new (code: string, words: string) => Error }>('common/errors.js');
  let persistence: Persistence | undefined;
  return {
    refuse: (words) => new SqsError('InvalidParameterValue', words),
    stores,
    app: buildApp({ logger: false, stores, defaultRegion: 'us-east-1' }),
    persist(folder, url) {
      moveQueueUrls(folder, url);
      persistence = new PersistenceManager(folder);
      repair(persistence);
      resumeWork(persistence);
      load(persistence, stores);
    },
    closeDatabase() {
      persistence?.close();
      persistence = undefined;
    },
  };
}

async function newStores(): Promise<Stores> {
  const { SqsStore } = await part<{ SqsStore: new () => Stores['sqsStore'] }>('sqs/sqsStore.js');
  const { SnsStore } = await part<{ SnsStore: new () => Stores['snsStore'] }>('sns/snsStore.js');
  const { S3Store } = await part<{ S3Store: new () => Stores['s3Store'] }>('s3/s3Store.js');
  const sqsStore = new SqsStore();
  sqsStore.host = '';
  return { sqsStore, snsStore: new SnsStore(), s3Store: new S3Store() };
}

async function part<Exports>(path: string): Promise<Exports> {
  return import(new URL(path, import.meta.resolve('fauxqs')).href) as Promise<Exports>;
}

function moveQueueUrls(folder: string, url: string): void {
  const file = join(folder, 'fauxqs.db');
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file);
  database.prepare("UPDATE sqs_queues SET url = ? || '/000000000000/' || name").run(url);
  database.close();
}

/**
 * Two faults of fauxqs 2.4.1 on disk. It writes with synchronous=FULL: a disk flush for each receive and delete, where
 * WAL with NORMAL survives the end of the process just as well. And a visibility timeout of 0 violates its own NOT NULL
 * column, so the message is in no queue until the next start.
 */
function repair(persistence: Persistence): void {
  const database = databaseOf(persistence);
  database.exec('PRAGMA synchronous = NORMAL');
  const ready = database.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => void ready.run(messageId);
}

// A receive writes a new receipt handle; only ChangeMessageVisibility writes one that is there already.
function resumeWork(persistence: Persistence): void {
  const database = databaseOf(persistence);
  const work = trackAbandonedWork(database);
  work.release();
  const known = database.prepare('SELECT 1 FROM sqs_messages WHERE message_id = ? AND receipt_handle = ?');
  const write = persistence.updateMessageInflight.bind(persistence);
  persistence.updateMessageInflight = (messageId, receiptHandle, ...rest) => {
    if (known.get(messageId, receiptHandle)) work.postponed(receiptHandle);
    write(messageId, receiptHandle, ...rest);
  };
}

function databaseOf(persistence: Persistence): DatabaseSync {
  return Reflect.get(persistence, 'db') as DatabaseSync;
}

// Loading comes before the stores know of the persistence: else each loaded queue replaces its own row and its messages.
function load(persistence: Persistence, { sqsStore, snsStore, s3Store }: Stores): void {
  persistence.load(sqsStore, snsStore, s3Store);
  sqsStore.persistence = persistence;
  snsStore.persistence = persistence;
  s3Store.persistence = persistence;
  for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
}
