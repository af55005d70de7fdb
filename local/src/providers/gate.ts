/** Lets so many through at a time; the others wait in the order they came. */
export interface Gate {
  through<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(most: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const enter = async (): Promise<void> => {
    // who leaves hands its place on, so nobody who comes now takes it
    if (inside >= most) await new Promise<void>((go) => waiting.push(go));
    else inside += 1;
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else inside -= 1;
  };
  return {
    through: async (work) => {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
