/** Short names of the column types that most tables have. */
export const text = 'text';
export const time = 'timestamptz';
export const json = 'json';
export const whole = 'integer';
export const flag = 'boolean';
