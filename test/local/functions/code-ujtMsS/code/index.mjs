let count = 0;
export async function handler(event) {
  count++;
  if (event.die) {
    const all = [];
    for (;;) all.push(new Array(1000).fill({}).map(() => ({ x: Math.random() })));
  }
  return count;
}
