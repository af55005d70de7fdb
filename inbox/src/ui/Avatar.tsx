import { Icon } from './icons.tsx';

/** A contact's initial on a colour of its own; a number has no initial. */
export function Avatar({ name, seed }: { name: string; seed: string }) {
  const initial = /\p{L}/u.exec(name)?.[0]?.toLocaleUpperCase();
  return (
    <span className="avatar" data-hue={hueOf(seed)} aria-hidden="true">
      {initial ?? <Icon name="person" />}
    </span>
  );
}

function hueOf(seed: string): number {
  const sum = Array.from(seed).reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  return sum % 6;
}
