import { describe, expect, it } from 'vitest';
import { EventScript, lines, request, sessionOf, stepsOf } from '../fixtures/event-script.ts';
import type { Spec } from '../fixtures/event-script.ts';

const link = (id: string, href: string, text = id): Spec => ['a', { id, href }, ['b', { id: `${id}-in` }, text]];
const field = (id: string, more: Record<string, unknown> = {}): Spec => ['input', { id, name: id, 'aria-label': id, ...more }];

describe('clicks', () => {
  it('land on the nearest element made to be acted on', () => {
    const script = new EventScript().page('/', link('more', '/more')).click('more-in').page('/more', 'Done');
    expect(lines(stepsOf(script))).toEqual(['goto = /', 'click link "more"']);
  });

  it('on a label count for its control', () => {
    const script = new EventScript().page('/', ['label', { id: 'l', for: 'c' }, 'Agree'], ['input', { id: 'c', type: 'checkbox' }]);
    script.click('l').mouse(2, 'c').input('c', 'on', { isChecked: true, after: 1 });
    expect(lines(stepsOf(script))).toEqual(['goto = /', 'check checkbox "Agree"']);
  });

  it('that a script adds to a click are no clicks', () => {
    const script = new EventScript().page(
      '/',
      ['button', { id: 'b', role: 'checkbox', 'aria-label': 'Own' }],
      ['input', { id: 'c', type: 'checkbox' }],
    );
    script.click('b').mouse(2, 'c', 1);
    expect(lines(stepsOf(script))).toEqual(['goto = /', 'click checkbox "Own"']);
  });

  it('on nothing in particular land on what is known as a thing', () => {
    const script = new EventScript().page('/', ['ul', {}, ['li', {}, ['div', {}, ['span', { id: 's' }, 'One']]]]).click('s');
    expect(stepsOf(script)[1]?.action.target).toMatchObject({ role: 'listitem' });
  });

  it('twice in a row are one double click', () => {
    const script = new EventScript()
      .page('/', ['ul', {}, ['li', { id: 'li' }, 'One']])
      .click('li')
      .click('li', 40)
      .mouse(4, 'li', 1);
    expect(lines(stepsOf(script))).toEqual(['goto = /', 'dblclick listitem ""']);
  });

  it('count where the page takes away what was pressed before the browser can tell of a click', () => {
    const script = new EventScript().page('/', ['ul', { id: 'list' }, ['li', { id: 'one' }, ['button', { id: 'b' }, 'Remove']]]);
    script.wait(900).mouse(1, 'b').mouse(0, 'b');
    script.mutate({ removes: [{ parentId: script.id('list'), id: script.id('one') }] });
    expect(lines(stepsOf(script))).toEqual(['goto = /', 'click button "Remove"']);
  });

  it('are none where the pointer goes up and all stays as it was', () => {
    const script = new EventScript()
      .page('/', ['button', { id: 'b' }, 'Remove'])
      .wait(900)
      .mouse(1, 'b')
      .mouse(0, 'b');
    expect(lines(stepsOf(script))).toEqual(['goto = /']);
  });

  it('on what only the pointer shows come after the pointer came to rest around it', () => {
    const style = 'li .x { display: none } li:hover .x { display: block } .x::after { content: "×" }';
    const item = (id: string): Spec => ['li', { id }, id, ['button', { class: 'x', id: `${id}-x` }]];
    const script = new EventScript().page('/', ['style', { _cssText: style }], ['ul', {}, item('one'), item('two')]).click('two-x');
    const steps = stepsOf(script);
    expect(lines(steps)).toEqual(['goto = /', 'hover listitem ""', 'click button "×"']);
    expect(steps[1]).toMatchObject({ node: script.id('two'), action: { target: { nth: 1 } } });
  });

  it('twice on what only the pointer shows are one double click', () => {
    const style = '.x { display: none } li:hover .x { display: block }';
    const script = new EventScript().page(
      '/',
      ['style', { _cssText: style }],
      ['ul', {}, ['li', {}, ['button', { class: 'x', id: 'x' }, 'Up']]],
    );
    script.click('x').click('x', 40).mouse(4, 'x', 1);
    expect(lines(stepsOf(script))).toEqual(['goto = /', 'hover listitem ""', 'dblclick button "Up"']);
  });

  it('turn a box on and off', () => {
    const script = new EventScript().page('/', ['input', { id: 'c', type: 'checkbox', 'aria-label': 'Done' }]);
    script.click('c').input('c', 'on', { isChecked: true, after: 1 }).click('c').input('c', 'on', { isChecked: false, after: 1 });
    expect(lines(stepsOf(script)).slice(1)).toEqual(['check checkbox "Done"', 'uncheck checkbox "Done"']);
  });
});

describe('fields', () => {
  it('turn a burst of inputs with the click before it into one fill', () => {
    const script = new EventScript().page('/', field('name')).click('name').type('name', 'Ada');
    const steps = stepsOf(script);
    expect(lines(steps)).toEqual(['goto = /', 'fill textbox "name" = Ada']);
    expect(steps[1]).toMatchObject({ event: 2, node: script.id('name') });
  });

  it('are filled by the user where a script gave them the focus as it made them', () => {
    const script = new EventScript().page('/', ['ul', {}, ['li', { id: 'row' }, ['p', { id: 'p' }, 'Old']]]);
    script
      .click('p')
      .click('p', 40)
      .mouse(4, 'p', 1)
      .emit(3, { source: 2, type: 5, id: -1 })
      .append('row', field('edit', { value: 'Old' }));
    script.wait(900).input('edit', 'N').input('edit', 'New').wait(700).mouse(6, 'edit');
    const id = script.id('edit');
    script.mutate({ removes: [{ parentId: script.id('row'), id }], texts: [{ id: script.id('p') + 1, value: 'New' }] });
    expect(lines(stepsOf(script)).slice(1)).toEqual(['dblclick paragraph ""', 'fill textbox "edit" = New', 'press textbox "edit" = Enter']);
  });

  it('keep a click apart that ended another edit', () => {
    const script = new EventScript()
      .page('/', field('new'), ['ul', { id: 'list' }, field('edit')])
      .click('edit')
      .type('edit', 'Tea');
    script
      .click('new')
      .mutate({ removes: [{ parentId: script.id('list'), id: script.id('edit') }] })
      .type('new', 'Milk');
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "edit" = Tea', 'click textbox "new"', 'fill textbox "new" = Milk']);
  });

  it('that a script fills are not filled by the user', () => {
    const script = new EventScript().page('/', field('name'), field('other'), ['button', { id: 'b' }, 'Go']);
    script.click('name').type('name', 'Ada').input('other', 'set').click('b').input('name', '', { after: 1 });
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "name" = Ada', 'click button "Go"']);
  });

  it('give the label of the chosen option', () => {
    const script = new EventScript().page('/', [
      'select',
      { id: 's', 'aria-label': 'Size' },
      ['option', { value: '1' }, 'Small'],
      ['option', { value: '2' }, 'Large '],
    ]);
    script.wait(900).input('s', '2');
    expect(lines(stepsOf(script))).toEqual(['goto = /', 'select combobox "Size" = Large']);
  });

  it('that were masked take their text from the request that sent it', () => {
    const script = new EventScript().page('/', [
      'form',
      { method: 'post' },
      field('pin', { type: 'password' }),
      ['button', { id: 'b' }, 'Go'],
    ]);
    script.click('pin').type('pin', '****').click('b');
    const body = { mimeType: 'application/x-www-form-urlencoded', text: 'user=ada&pin=12%2B4' };
    const entries = [request(script.at + 5, '/login', { method: 'POST', requestBody: body })];
    expect(lines(stepsOf(script, entries))[1]).toBe('fill textbox "pin" = 12+4');
    expect(lines(stepsOf(script))[1]).toBe('fill textbox "pin" = ****');
  });

  it('lose a list item pick to the item, not to the field that a script then sets', () => {
    const script = new EventScript().page('/', field('tags'), ['ul', { role: 'listbox' }, ['li', { id: 'o', role: 'option' }, 'garden']]);
    script.click('tags').type('tags', 'gar').wait(800).mouse(1, 'o').mouse(0, 'o').mouse(2, 'o').input('tags', 'garden ', { after: 12 });
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "tags" = gar', 'click option "garden"']);
  });
});

describe('keys that leave no event', () => {
  const form = (...more: Spec[]): Spec => ['form', { action: '/find' }, field('q'), ...more];

  it('show as a click on the form’s button that no pointer made', () => {
    const script = new EventScript()
      .page('/', form(['button', { id: 'b' }, 'Find']))
      .click('q')
      .type('q', 'tea');
    script.wait(700).mouse(2, 'b').page('/find?q=tea', 'Found');
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "q" = tea', 'press textbox "q" = Enter']);
  });

  it('show as the loading of a page after a field was filled', () => {
    const script = new EventScript().page('/', form()).click('q').type('q', 'tea').wait(900).page('/find?q=tea', 'Found');
    const steps = stepsOf(script);
    expect(lines(steps).slice(1)).toEqual(['fill textbox "q" = tea', 'press textbox "q" = Enter']);
    expect([steps[2]?.before.url, steps[2]?.after.url, steps[2]?.before.load, steps[2]?.after.load]).toEqual(['/', '/find?q=tea', 0, 1]);
  });

  it('leave to the filled field what its page took away once the answer was asked for', () => {
    const script = new EventScript()
      .page('/', form(), ['ul', { id: 'found' }])
      .click('q')
      .type('q', 'tea');
    const hit = script
      .wait(300)
      .append('found', ['li', { id: 'hit' }, 'Green tea'])
      .id('hit');
    script.wait(900).mutate({ removes: [{ parentId: script.id('found'), id: hit }] });
    const asked = request(script.at + 3, '/find?q=tea', { isDocument: true });
    const steps = stepsOf(script.wait(400).page('/find?q=tea', 'Found'), [asked]);
    expect(lines(steps).slice(1)).toEqual(['fill textbox "q" = tea', 'press textbox "q" = Enter']);
    expect(JSON.stringify(steps[1]?.after.root)).toContain('Green tea');
    expect(steps[2]?.before.root).toBe(steps[1]?.after.root);
  });

  it('show as a field emptied by a script that puts its text elsewhere', () => {
    const script = new EventScript()
      .page('/', field('new'), ['ul', { id: 'list' }])
      .click('new')
      .type('new', ' Tea ');
    script.wait(700).append('list', ['li', {}, 'Tea']).input('new', '', { after: 40 });
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "new" =  Tea ', 'press textbox "new" = Enter']);
    expect(stepsOf(script)[2]?.before.root).not.toBe(stepsOf(script)[2]?.after.root);
  });

  it('show as a field emptied by hand that a script fills as it changes the page', () => {
    const script = new EventScript().page('/', ['ul', { id: 'list' }, ['li', { id: 'old' }, 'Old']], field('edit', { value: 'Old' }));
    script.click('edit').input('edit', '').wait(700);
    script.mutate({ removes: [{ parentId: script.id('list'), id: script.id('old') }] }).input('edit', 'Next');
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "edit" = ', 'press textbox "edit" = Enter']);
  });

  it('are told from clearing a field by hand', () => {
    const script = new EventScript().page('/', field('q')).click('q').type('q', 'tea').wait(700).input('q', '').type('q', 'milk');
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "q" = milk']);
  });

  it.each([
    ['Enter', 'New'],
    ['Escape', 'Old'],
  ])('show as an edit that ends: %s', (key, shown) => {
    const script = new EventScript().page('/', ['div', { id: 'row' }, ['p', { id: 'text' }, 'Old'], field('edit')]);
    script.click('edit').type('edit', 'New').wait(700);
    const { id } = { id: script.id('edit') };
    script.mutate({ removes: [{ parentId: script.id('row'), id }], texts: [{ id: script.id('text') + 1, value: shown }] });
    expect(lines(stepsOf(script)).at(-1)).toBe(`press textbox "edit" = ${key}`);
  });

  it('show as focus that goes to the next field with no pointer near', () => {
    const script = new EventScript()
      .page('/', field('a'), field('b'), ['div', { id: 'hint' }])
      .click('a')
      .type('a', 'x')
      .wait(600);
    script
      .mouse(6, 'a')
      .mutate({ attributes: [{ id: script.id('hint'), attributes: { hidden: '' } }] }, 1)
      .mouse(5, 'b', 1);
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "a" = x', 'press textbox "a" = Tab']);
  });

  it('are no Tab where the key that follows is too fast for a hand', () => {
    const script = new EventScript().page('/', field('a'), ['input', { id: 'c', type: 'checkbox' }], ['button', { id: 'send' }, 'Send']);
    script.click('a').type('a', 'x').wait(600).click('c').input('c', 'on', { isChecked: true, after: 1 }).wait(900);
    script.mouse(6, 'c').mouse(5, 'a', 1).mouse(2, 'send', 8).page('/sent', 'Sent');
    expect(lines(stepsOf(script)).slice(2)).toEqual(['check checkbox ""', 'press textbox "a" = Enter']);
  });

  it('are left out where they change nothing', () => {
    const script = new EventScript().page('/', field('a'), field('b')).click('a').type('a', 'x').wait(600).mouse(6, 'a').mouse(5, 'b', 1);
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "a" = x']);
  });
});

describe('pages that load', () => {
  it('without a click, at the address before, are a step back', () => {
    const script = new EventScript().page('/', link('a', '/a')).click('a').page('/a', link('b', '/b')).click('b').page('/b', 'B');
    script.wait(3000).page('/a', 'A').wait(3000).page('/b', 'B');
    expect(lines(stepsOf(script)).slice(3)).toEqual(['back', 'forward']);
  });

  it('again are a reload, elsewhere a goto', () => {
    const script = new EventScript().page('/', ['p', {}, 'one']).wait(4000).page('/', ['p', {}, 'two']).wait(4000).page('/x?y=1', 'X');
    expect(lines(stepsOf(script))).toEqual(['goto = /', 'reload', 'goto = /x?y=1']);
  });

  it('late are still put down to the click, if the request was prompt', () => {
    const script = new EventScript().page('/', ['button', { id: 'b' }, 'Go']).click('b');
    const asked = script.at + 20;
    script.wait(9000).page('/slow', 'Done');
    expect(lines(stepsOf(script, [request(asked, '/slow', { isDocument: true })]))).toEqual(['goto = /', 'click button "Go"']);
  });

  it('soon after a click are not put down to it, if the request does not come from the page as others do', () => {
    const script = new EventScript().page('/', ['input', { id: 'c', type: 'checkbox', 'aria-label': 'Done' }]);
    const data = request(script.at + 1, '/data', { referrer: '/' });
    script.click('c').input('c', 'on', { isChecked: true, after: 1 });
    const asked = script.at + 300;
    script.wait(320).page('/', ['p', {}, 'again']);
    const kindsFor = (referrer: object) =>
      stepsOf(script, [data, request(asked, '/', { isDocument: true, ...referrer })]).map(({ action }) => action.kind);
    expect(kindsFor({})).toEqual(['goto', 'check', 'reload']);
    expect(kindsFor({ referrer: '/' })).toEqual(['goto', 'check']);
  });

  it('after a field was filled are no answer to it, if the request does not come from the page as others do', () => {
    const script = new EventScript().page('/', field('q')).click('q').type('q', ' ');
    const data = request(script.at + 1, '/data', { referrer: '/' });
    const asked = script.at + 3000;
    script.wait(3010).page('/', field('q'));
    const steps = stepsOf(script, [data, request(asked, '/', { isDocument: true })]);
    expect(lines(steps).slice(1)).toEqual(['fill textbox "q" =  ', 'reload']);
  });

  it('are asked for at the address that was gone to, though that led elsewhere', () => {
    const script = new EventScript().wait(20).page('/enter?next=/', ['p', {}, 'Enter']);
    const gone = request(script.at - 10, '/', { isDocument: true, status: 302, redirect: '/enter?next=/' });
    const steps = stepsOf(script, [gone, request(script.at - 5, '/enter?next=/', { isDocument: true })]);
    expect(lines(steps)).toEqual(['goto = /']);
    expect(steps[0]?.after.url).toBe('/enter?next=/');
  });

  it('are asked for without the fragment that says nothing', () => {
    const script = new EventScript().page('/#!/', ['p', {}, 'Home']);
    expect(lines(stepsOf(script))).toEqual(['goto = /']);
    expect(stepsOf(script)[0]?.after.url).toBe('/#!/');
  });

  it('at once after another are a redirect', () => {
    const script = new EventScript().page('/', link('a', '/a')).click('a').page('/a', 'moving').page('/b', 'B');
    const steps = stepsOf(script);
    expect(lines(steps)).toEqual(['goto = /', 'click link "a"']);
    expect(steps[1]?.after.url).toBe('/b');
  });
});

describe('addresses within a document', () => {
  const filters = (on: string): Spec => [
    'nav',
    {},
    ...['all', 'done'].map((name): Spec => ['a', { id: name, href: `#/${name}`, class: name === on ? 'on' : '' }, name]),
  ];

  it('follow links to a fragment, and the way back shows in the marks of the links', () => {
    const script = new EventScript().page('/#/all', filters('all')).click('done');
    const mark = (on: string, off: string) =>
      script.mutate({
        attributes: [
          { id: script.id(on), attributes: { class: 'on' } },
          { id: script.id(off), attributes: { class: '' } },
        ],
      });
    mark('done', 'all').wait(3000);
    mark('all', 'done');
    const steps = stepsOf(script);
    expect(lines(steps)).toEqual(['goto = /#/all', 'click link "done"', 'back']);
    expect(steps.map(({ after }) => after.url)).toEqual(['/#/all', '/#/done', '/#/all']);
  });

  const rooms: readonly Spec[] = [link('lamps', '/lamps'), ['button', { id: 'dim' }, 'Dim'], ['p', { id: 'p' }, 'x']];
  const urlsOf = (script: EventScript, entries: Parameters<typeof stepsOf>[1] = []): readonly string[] =>
    stepsOf(script, entries).map(({ after }) => after.url);

  it('follow links that scripts show the page of', () => {
    const script = new EventScript()
      .page('/', ...rooms)
      .click('lamps')
      .append('p', 'Lamps', 50);
    expect(urlsOf(script.wait(4000))).toEqual(['/', '/lamps']);
  });

  it('do not follow links at which nothing happens, nor those of which a later request says that the page is where it was', () => {
    expect(
      urlsOf(
        new EventScript()
          .page('/', ...rooms)
          .click('lamps')
          .wait(4000)
          .click('dim'),
      ),
    ).toEqual(['/', '/', '/']);
    const script = new EventScript()
      .page('/', ...rooms)
      .click('lamps')
      .append('p', 'Saved', 50)
      .wait(4000)
      .click('dim');
    expect(urlsOf(script, [request(script.at + 5, '/api/dim', { referrer: '/' })])).toEqual(['/', '/', '/']);
  });

  it('at another path are put down to the click whose request comes from there: scripts go there before they ask', () => {
    const script = new EventScript()
      .page('/', ...rooms)
      .click('dim')
      .append('p', 'Dimmed', 50)
      .wait(4000)
      .click('dim');
    const entries = [request(script.at + 5, '/api/lamp/7', { referrer: '/lamps/7' })];
    expect(urlsOf(script, entries)).toEqual(['/', '/', '/lamps/7']);
  });

  it('that say what was chosen are put down to the choice, whatever was done before the next request', () => {
    const script = new EventScript()
      .page(
        '/',
        ['select', { id: 's', 'aria-label': 'Kind' }, ['option', { value: 'on_hold' }, 'On hold'], ['option', {}, 'All']],
        ...rooms,
      )
      .input('s', 'on_hold');
    script.wait(3000).click('dim');
    const entries = [request(script.at + 5, '/api/lamp/7', { referrer: '/lamps/7?kind=on_hold' })];
    expect(urlsOf(script, entries)).toEqual(['/', '/?kind=on_hold', '/lamps/7?kind=on_hold']);
  });

  it('that say what was ticked are put down to the tick, by what stands beside the box', () => {
    const script = new EventScript()
      .page('/', ['button', { id: 'more' }, 'More'], ['label', { id: 'l' }, ['input', { id: 'c', type: 'checkbox' }], 'On hold'], ...rooms)
      .click('c')
      .input('c', 'on', { isChecked: true, after: 1 });
    script.wait(3000).click('more').wait(3000).click('dim');
    const entries = [request(script.at + 5, '/api/lamps', { referrer: '/?kind=on_hold' })];
    expect(urlsOf(script, entries)).toEqual(['/', '/?kind=on_hold', '/?kind=on_hold', '/?kind=on_hold']);
  });

  it('lead back to the page that something was opened over once it is closed, where no request says otherwise', () => {
    const script = new EventScript().page('/lamps', ...rooms, ['div', { id: 'over' }]).click('dim');
    script.append('over', ['div', { id: 'd', role: 'dialog' }, ['button', { id: 'close' }, 'Close']], 20).wait(3000);
    const opened = request(script.at - 2990, '/api/lamp/7', { referrer: '/lamps/7' });
    script.click('close').mutate({ removes: [{ parentId: script.id('over'), id: script.id('d') }] });
    script.wait(3000).click('dim');
    const urls = ['/lamps', '/lamps/7', '/lamps', '/lamps'];
    expect(urlsOf(script, [opened])).toEqual(urls);
    const still = request(script.at + 5, '/api/dim', { referrer: '/lamps/7' });
    expect(urlsOf(script, [opened, still])).toEqual(['/lamps', '/lamps/7', '/lamps/7', '/lamps/7']);
  });

  /** A room opened over a page, and a change made in it. */
  const opened = (): { script: EventScript; entries: ReturnType<typeof request>[] } => {
    const script = new EventScript().page('/lamps', ...rooms, ['div', { id: 'over' }]).click('dim');
    script.append('over', ['div', { id: 'd', role: 'dialog' }, ['button', { id: 'more' }, 'More']], 20).wait(3000);
    const entries = [request(script.at - 2990, '/api/lamp/7', { referrer: '/lamps/7' })];
    return { script: script.click('more').append('p', 'More', 30), entries };
  };

  it('that nobody was seen to leave were left by the button of the browser, which leaves no event', () => {
    const { script, entries } = opened();
    script.wait(4000).mutate({ removes: [{ parentId: script.id('over'), id: script.id('d') }] });
    const steps = stepsOf(script, [...entries, request(script.at + 5, '/api/lamps', { referrer: '/lamps' })]);
    expect(lines(steps).slice(1)).toEqual(['click button "Dim"', 'click button "More"', 'back']);
    expect(steps.map(({ after }) => after.url)).toEqual(['/lamps', '/lamps/7', '/lamps/7', '/lamps']);
  });

  it('that an action closed are left by it, however soon', () => {
    const { script, entries } = opened();
    script.mutate({ removes: [{ parentId: script.id('over'), id: script.id('d') }] });
    const urls = urlsOf(script, [...entries, request(script.at + 5, '/api/lamps', { referrer: '/lamps' })]);
    expect(urls).toEqual(['/lamps', '/lamps/7', '/lamps']);
  });

  it('of pages are told by the pictures that they ask for, but not by those of style sheets', () => {
    const script = new EventScript().page('/list', ...rooms).click('dim');
    const picture = (referrer: string) => request(script.at + 5, '/icon.png', { referrer, isStatic: true });
    script.append('p', 'Dimmed', 50).wait(4000).click('dim');
    expect(urlsOf(script, [picture('/lamps/7')])).toEqual(['/list', '/list', '/lamps/7']);
    expect(urlsOf(script, [picture('/all.css')])).toEqual(['/list', '/list', '/list']);
  });

  it('that links lead to stay so once a request came from there', () => {
    const script = new EventScript()
      .page('/', ...rooms)
      .click('lamps')
      .append('p', 'Lamps', 50);
    const there = request(script.at + 5, '/api/lamps', { referrer: '/lamps' });
    script.wait(4000).click('dim').append('p', 'Dimmed', 50);
    const back = request(script.at + 5, '/api/dim', { referrer: '/' });
    expect(urlsOf(script, [there, back])).toEqual(['/', '/lamps', '/']);
  });

  it('set by scripts are known from later requests, and put down to the action that asked for them', () => {
    const script = new EventScript().page('/list', ['button', { id: 'b' }, 'Page 2'], ['button', { id: 'c' }, 'Other']).click('b');
    const first = request(script.at + 5, '/list?page=2&ajax=1', { referrer: '/list' });
    script.append('b', '!', 50).click('c');
    const second = request(script.at + 5, '/api/other', { referrer: '/list?page=2' });
    const steps = stepsOf(script, [first, second]);
    expect(steps.map(({ after }) => after.url)).toEqual(['/list', '/list?page=2', '/list?page=2']);
  });
});

describe('events that the recorder adds', () => {
  it('tell keys, which are then not guessed', () => {
    const script = new EventScript()
      .page('/', field('q'), ['p', { id: 'p' }, 'x'])
      .click('q')
      .type('q', 'tea')
      .wait(500);
    script.emit(5, { tag: 'backlot.key', payload: { key: 'Enter', id: script.id('q') } }).append('p', 'done');
    expect(lines(stepsOf(script)).slice(1)).toEqual(['fill textbox "q" = tea', 'press textbox "q" = Enter']);
  });

  it('tell what became of a dialog', () => {
    const script = new EventScript().page('/', ['button', { id: 'b' }, 'Delete']).click('b');
    script.emit(5, { tag: 'backlot.dialog', payload: { type: 'confirm', message: 'Sure?', accepted: false } });
    expect(stepsOf(script)[1]?.action.dialog).toEqual({ type: 'confirm', message: 'Sure?', accepted: false });
  });

  it('tell addresses that scripts set, and the ways back', () => {
    const script = new EventScript().page('/', ['button', { id: 'b' }, 'Go']).click('b');
    script.emit(5, { tag: 'backlot.url', payload: { href: `${'http://app.test'}/two`, kind: 'push' } }).wait(2000);
    script.emit(5, { tag: 'backlot.url', payload: { href: 'http://app.test/', kind: 'popstate' } });
    const steps = stepsOf(script);
    expect(lines(steps)).toEqual(['goto = /', 'click button "Go"', 'back']);
    expect(steps.map(({ after }) => after.url)).toEqual(['/', '/two', '/']);
  });
});

describe('steps', () => {
  it('hold the requests made in their time, and how long they took', () => {
    const script = new EventScript().page('/', ['button', { id: 'b' }, 'Save'], ['p', { id: 'p' }, 'x']).click('b');
    const sent = request(script.at + 3, '/api/save', { method: 'POST', ms: 250 });
    script.append('p', 'saved', 300);
    const [first, second] = stepsOf(script, [sent]);
    expect(first?.exchanges).toEqual([]);
    expect(second).toMatchObject({ exchanges: [{ url: '/api/save' }], thinkMs: 1002 });
    expect(second?.latencyMs).toBeGreaterThanOrEqual(300);
  });

  it('begin with an empty page before the first one', () => {
    const [first] = stepsOf(new EventScript().page('/', 'Hello'));
    expect(first?.before).toMatchObject({ url: 'about:blank', load: -1, root: { tag: 'html', children: [] } });
    expect(first?.after).toMatchObject({ url: '/', title: 'Page /', load: 0 });
  });

  it('count positions among elements of the same role and name', () => {
    const script = new EventScript().page('/', ['button', {}, 'Edit'], ['button', { id: 'b' }, 'Edit']).click('b');
    expect(stepsOf(script)[1]?.action.target).toEqual({ role: 'button', name: 'Edit', nth: 1 });
  });

  it('come with a warning for each kind of thing that was not understood', () => {
    const script = new EventScript().page('/', ['canvas', {}], ['canvas', {}]);
    expect(sessionOf(script).problems).toMatchObject([
      { file: 'hand.json', event: 1, severity: 'warning', reason: expect.stringMatching(/canvas.*2 cases/) },
    ]);
  });
});
