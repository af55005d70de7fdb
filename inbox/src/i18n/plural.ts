type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Picks a plural form; `{n}` in it stands for the number as shown. */
export function plural(locale: string, count: number, shown: string, forms: Forms): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return form.replace('{n}', shown);
}

/** Keeps inserted text from disturbing the direction of the sentence around it (Unicode's first-strong isolate). */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
