import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { decodePath, selectRoute, type HttpRoute } from '@parley/local/http-api/routes.ts';

const routes: HttpRoute[] = [
  '$default',
  'ANY /{proxy+}',
  'GET /pets/{proxy+}',
  'GET /pets/dog/{id}',
  'GET /pets/dog/1',
  'ANY /pets/dog/{id}',
]
  .map((key) => key.split(' '))
  .map((parts) => ({
    method: parts.length === 2 ? (parts[0] ?? '') : 'ANY',
    path: parts.at(-1) ?? '',
    functionName: 'f',
  }));

function chosen(method: string, path: string): string | undefined {
  return selectRoute(routes, method, decodePath(path))?.routeKey;
}

test('the most specific route wins, whatever order they are declared in', () => {
  assert.equal(chosen('GET', '/pets/dog/1'), 'GET /pets/dog/1');
  assert.equal(chosen('GET', '/pets/dog/2'), 'GET /pets/dog/{id}');
  assert.equal(chosen('POST', '/pets/dog/1'), 'ANY /pets/dog/{id}');
  assert.equal(chosen('GET', '/pets/cat/1'), 'GET /pets/{proxy+}');
  assert.equal(chosen('POST', '/pets/cat/1'), 'ANY /{proxy+}');
  assert.equal(chosen('GET', '/'), '$default');
});

test('a variable takes one whole segment and never an empty one', () => {
  const only: HttpRoute[] = [{ method: 'POST', path: '/hooks/{account}', functionName: 'f' }];
  assert.deepEqual(selectRoute(only, 'POST', '/hooks/acc_1')?.pathParameters, { account: 'acc_1' });
  for (const path of ['/hooks', '/hooks/', '/hooks/a/b', '/hooks/a/', '/hook/a']) {
    assert.equal(selectRoute(only, 'POST', path), undefined, path);
  }
  assert.equal(selectRoute(only, 'GET', '/hooks/acc_1'), undefined);
});

test('the path is decoded before routing, so an encoded slash separates segments', () => {
  const greedy: HttpRoute[] = [{ method: 'ANY', path: '/files/{path+}', functionName: 'f' }];
  assert.deepEqual(selectRoute(greedy, 'GET', decodePath('/files/a%2Fb%20c'))?.pathParameters, { path: 'a/b c' });
  assert.equal(decodePath('/files/%zz'), '/files/%zz');
});

test('any path finds the default route and none breaks the matcher', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('GET', 'POST', 'DELETE'), (path, method) => {
      assert.ok(selectRoute(routes, method, decodePath(`/${path}`)));
    }),
  );
});
