/** A setting that the stack gives every function that needs it. Throws when the wiring forgot it. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Environment variable ${name} is not set`);
  return value;
}
