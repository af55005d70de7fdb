import { startQueuesAndBuckets } from '@parley/local/queues-and-buckets/server.ts';

const [folder = ''] = process.argv.slice(2);
const server = await startQueuesAndBuckets({ folder });
server.ensure({ queues: [], buckets: [{ name: 'media', cors: [] }] });
console.log(server.url);
