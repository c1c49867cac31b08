type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** A count in words: picks the form that the language's grammar wants; `#` stands for the number. */
export function plural(language: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count))
}
