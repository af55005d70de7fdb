import { channel } from '@parley/core/channels/messenger/index.ts';
import { testProduct } from './cases/meta/product.ts';
import { cases } from './cases/messenger/index.ts';

testProduct({
  channel,
  cases,
  codes: [
    [9, 2018352, 400, 'rate_limited', false, false],
    [10, 2018278, 400, 'window_closed', false, true],
    [10, 1893063, 400, 'account_restricted', true, false],
    [10, 2018336, 400, 'invalid', false, true],
    [613, 2018338, 400, 'account_restricted', false, false],
    [2022, 0, 400, 'account_restricted', false, false],
    [2018173, 0, 400, 'media_problem', false, true],
    [100, 2018188, 400, 'media_problem', false, true],
  ],
  file: 'https://scontent.xx.fbcdn.net/v/1.jpg?oh=1',
  other: 'instagram',
  plainType: 'RESPONSE',
});
