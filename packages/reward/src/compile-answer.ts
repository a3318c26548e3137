/** The source of `(wanted, said) => boolean`: what `judgeAnswer` tells, for harnesses that have nothing of ours. */
export const saidSource = `(wanted, said) => {
    const plain = (text) => text.toLowerCase().replace(/[“”"'‘’«»„]/g, '').replace(/\\s+/g, ' ').trim().replace(/\\.$/, '');
    const only = (found, wanted) => new Set(found).size === 1 && found[0] === wanted;
    const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
    const names = '(' + months.join('|') + ')[a-z]*\\\\.?';
    const day = (year, month, date) => year + '-' + String(month).padStart(2, '0') + '-' + date.padStart(2, '0');
    const monthOf = (name) => 1 + months.indexOf(name.slice(0, 3).toLowerCase());
    const all = (text, form, read) => [...text.matchAll(form)].map(read);
    const daysIn = (text) => [
      ...all(text, /\\b(\\d{4})-(\\d\\d)-(\\d\\d)\\b/g, ([, y, m, d]) => day(y, m, d)),
      ...all(text, new RegExp('\\\\b' + names + ' (\\\\d{1,2})(?:st|nd|rd|th)?,? (\\\\d{4})\\\\b', 'gi'), ([, m, d, y]) => day(y, monthOf(m), d)),
      ...all(text, new RegExp('\\\\b(\\\\d{1,2})(?:st|nd|rd|th)?\\\\.? ' + names + ',? (\\\\d{4})\\\\b', 'gi'), ([, d, m, y]) => day(y, monthOf(m), d)),
      ...all(text, /\\b(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})\\b/g, ([, d, m, y]) => day(y, m, d)),
    ];
    const isSet = (text, values) => {
      let rest = plain(text);
      for (const value of values.map(plain).sort((a, b) => b.length - a.length)) {
        const at = rest.indexOf(value);
        if (at < 0) return false;
        rest = rest.slice(0, at) + '\\n' + rest.slice(at + value.length);
      }
      return rest.replace(/\\band\\b|[\\s,;•*.\\-[\\]]/g, '') === '';
    };
    if (wanted.kind === 'impossible') return said.gaveUp === true;
    const text = said.answer;
    if (said.gaveUp === true || typeof text !== 'string' || text.trim() === '') return false;
    if (wanted.kind === 'number') return only((text.match(/-?\\d+(?:,\\d{3})*(?:\\.\\d+)?/g) || []).map((each) => Number(each.replaceAll(',', ''))), wanted.value);
    if (wanted.kind === 'date') return only(daysIn(text), wanted.value);
    return wanted.kind === 'set' ? isSet(text, wanted.values) : plain(text) === plain(wanted.value);
  }`;
