import { startDynamoDb } from '@parley/local/dynamodb/server.ts';

// An endpoint in a process of its own, for tests that kill it. Prints its URL.
const { url } = await startDynamoDb({ file: String(process.argv[2]) });
console.log(url);
