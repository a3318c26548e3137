import { describe, expect, it } from 'vitest';
import { maskedAs } from '../../src/index.ts';

const password = (text: string): string => `  - textbox "Password": ${text}`;

describe('maskedAs', () => {
  it('takes any text for what the recorder masked', () => {
    expect(maskedAs(['- form', password('"********"')], ['- form', password('s3cret')])).toEqual(['- form', password('"********"')]);
  });

  it('leaves an empty field empty: that nothing stands there is known', () => {
    expect(maskedAs([password('"****"')], ['  - textbox "Password"'])).toEqual(['  - textbox "Password"']);
  });

  it('masks as many fields as the log does, and none of another name', () => {
    const logged = [password('"***"'), '  - textbox "Name": mara'];
    expect(maskedAs(logged, [password('a'), password('b'), '  - textbox "Name": jonas'])).toEqual([
      password('"***"'),
      password('b'),
      '  - textbox "Name": jonas',
    ]);
  });
});
