import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A pool's PasswordPolicy, by the names CloudFormation gives it. What is left out has Cognito's default. */
export type PasswordPolicy = {
  MinimumLength?: number;
  RequireLowercase?: boolean;
  RequireUppercase?: boolean;
  RequireNumbers?: boolean;
  RequireSymbols?: boolean;
};

const KEY_BYTES = 32;
// The hash of no password: checking against it takes as long as checking a real one.
const NOBODY = `${'0'.repeat(32)}:${'0'.repeat(KEY_BYTES * 2)}`;

/** A salted scrypt hash, `salt:key` in hex. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await derive(password, salt)).toString('hex')}`;
}

/** Whether the password has this hash. Without a hash the answer is no, after the same work. */
export async function checkPassword(password: string, hash = NOBODY): Promise<boolean> {
  const [salt = '', key = ''] = hash.split(':');
  const derived = await derive(password, Buffer.from(salt, 'hex'));
  return timingSafeEqual(derived, Buffer.from(key, 'hex')) && hash !== NOBODY;
}

/** What a new password lacks, in Cognito's words, or undefined when it will do. */
export function findWeakness(password: string, policy: PasswordPolicy = {}): string | undefined {
  const rules: [boolean, string][] = [
    [password.length >= (policy.MinimumLength ?? 8), 'Password not long enough'],
    [/[a-z]/.test(password) || policy.RequireLowercase === false, 'Password must have lowercase characters'],
    [/[A-Z]/.test(password) || policy.RequireUppercase === false, 'Password must have uppercase characters'],
    [/\d/.test(password) || policy.RequireNumbers === false, 'Password must have numeric characters'],
    [/[^A-Za-z\d]/.test(password) || policy.RequireSymbols === false, 'Password must have symbol characters'],
  ];
  const broken = rules.find(([kept]) => !kept)?.[1];
  return broken && `Password did not conform with policy: ${broken}`;
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
