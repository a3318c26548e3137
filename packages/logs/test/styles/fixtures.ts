/** Small pages, each about one thing that a snapshot depends on; Playwright itself says what is right. */
export const fixtures: Readonly<Record<string, string>> = {
  headings:
    '<h1>One</h1><h2>Two <b>bold</b></h2><h3 aria-level=5>x</h3><div role=heading aria-level=4>Four</div><div role=heading>None</div>',
  links:
    '<a href="/a">A</a> <a>not</a> <a href="">Empty</a><a href="data:text/plain,hello world">data</a><a href="#x"><img src="" alt="pic"></a>',
  linkText: '<a href="/a">Read <b>more</b> about <i>it</i></a><a href="/b"><span>one</span><div>two</div></a>',
  paragraphs:
    '<p>one</p><p>two<br>three</p><p>four<span> five </span><strong>six</strong></p>text <em>em</em> <code>c</code><del>d</del><ins>i</ins><sub>s</sub><sup>p</sup><mark>m</mark><time>t</time><blockquote>q</blockquote><dfn>df</dfn>',
  lists: '<ul><li>a</li><li>b <ul><li>c</li></ul></li></ul><ol><li>1</li></ol><menu><li>m</li></menu><dl><dt>T</dt><dd>D</dd></dl>',
  presentational:
    '<ul role=presentation><li>a</li></ul><table role=none><tr><td>x</td></tr></table><ul role=none tabindex=0><li>k</li></ul><h1 role=presentation>H</h1><h1 role=none aria-label="z">H2</h1><button role=presentation>B</button>',
  inputs:
    '<input value="v"><input type=checkbox checked><input type=radio name=r><input type=radio name=r checked><input type=number value=5><input type=range><input type=range min=10 max=20 value=13><input type=submit><input type=reset><input type=button value="Go"><input type=image alt="img" src=""><input type=file><input type=search placeholder=find><input type=hidden value=h><input type=password value=secret><input type=email value=" a@b "><input type=date value=2020-01-01><input type=color><input type=foo value=x>',
  labels:
    '<label>Name <input value=v></label><label for=b>B label</label><input id=b><label for=c>C1</label><label for=c>C2</label><textarea id=c>tt</textarea><label>Pick <select><option>1<option selected>2</select> items</label><label><input type=checkbox> Check me</label><label>Nest <input value=inner> and <button>btn</button></label>',
  placeholders:
    '<input placeholder="p"><input placeholder="p" title="t"><input placeholder=p aria-label=l><textarea placeholder=q>txt</textarea><input placeholder=p value=v><input type=checkbox placeholder=z>',
  textarea: '<textarea>\nline1\nline2</textarea><textarea></textarea><label>L<textarea>  spaced  </textarea></label>',
  select:
    '<select><option>a</option><option selected>b</option><option disabled>c</option></select><select multiple><option selected>x</option><option selected>y</option><option>z</option></select><select size=3><option>p</select><select aria-label=s><optgroup label=G><option>g1<option>g2</optgroup><option>out</select><select multiple><optgroup label=H disabled><option>h1</optgroup></select><select></select>',
  selectDefault: '<select><option disabled>first</option><option>second</option></select>',
  buttons:
    '<button>B</button><button disabled>D</button><button aria-pressed=true>P</button><button aria-pressed=mixed>M</button><button aria-expanded=true>E</button><button aria-expanded=false>F</button><button title=T></button><button aria-label=L>text</button><button>  spaced   text </button><button><span>a</span><span>b</span></button><button><div>a</div><div>b</div></button>',
  fieldset:
    '<fieldset disabled><legend>Leg <input></legend><input value=in><button>b</button><a href="#">x</a></fieldset><fieldset><div>no legend</div></fieldset><fieldset title=tt><input></fieldset>',
  ariaDisabled:
    '<div aria-disabled=true><button>b</button><div role=button>c</div><input><a href=x>y</a><div role=button aria-disabled=false>d</div></div>',
  hidden:
    '<div hidden>h</div><div style="display:none">n</div><div style="visibility:hidden">v <span style="visibility:visible">vis</span></div><div aria-hidden=true>a<button>b</button></div><div style="opacity:0">o</div><span hidden>s</span><p hidden style="display:block">shown</p>',
  pseudo:
    '<style>.a::before{content:"→ "}.a::after{content:" ←"} .b::before{content:"block";display:block} .c::before{content:attr(data-x)} .d::after{content:"\\2014"} .e::before{content:"x";display:none} .f::before{content:"y";visibility:hidden} .g::before{content:url(x)} .h::before{content:counter(a)} .i::before{content:"p";position:absolute} .j:before{content:"old"}</style><p class=a>a</p><button class=b>b</button><button class=c data-x="dx">c</button><p class=d>d</p><p class=e>e</p><p class=f>f</p><p class=g>g</p><p class=h>h</p><button class=i>i</button><a href=x class=j>j</a>',
  pseudoFlex:
    '<style>.f{display:flex} .f::before{content:"pre"} .f::after{content:"post"} .g{display:inline-flex} .g::before{content:"x"}</style><button class=f>mid</button><button class=g>mid</button><button class=f><i>a</i><b>b</b></button>',
  vars: '<style>:root{--t:"root"} .x{--t:"x"} .p::before{content:var(--t)} .q::before{content:var(--none,"fallback")} .r::before{content:var(--none)} .s{display:var(--d)} .s::after{--t:"own";content:var(--t)}</style><p class=p>1</p><div class=x><p class=p>2</p></div><p class=q>3</p><p class=r>4</p><p class=s style="--d:none">5</p><p class=s>6</p>',
  cssContents:
    '<div style="display:contents"><button>b</button></div><button style="display:contents">txt</button><button style="display:contents"><b style="display:none">x</b></button><div role=region aria-label=r style="display:contents" aria-hidden=true>vis</div><ul style="display:contents"><li>1</ul>',
  details:
    '<details><summary>Sum</summary>text <button>b</button></details><details open><summary>Sum2</summary>text <button>b</button></details><details>direct text<p>p</p></details><details><summary><h2>H</h2></summary><p>x</p></details>',
  dialog: '<dialog>closed</dialog><dialog open>open</dialog><dialog open aria-label=D><p>x</p></dialog>',
  table:
    '<table><caption>Cap</caption><thead><tr><th>H1<th>H2</thead><tbody><tr><td>a<td>b</tr><tr><th>row<td>x</tr></tbody><tfoot><tr><td>f<td></tfoot></table><table summary=sum><tr><th>only</th></tr></table><table><tr><th scope=row>r</th><th>q</th></tr><tr><th></th><td></td></tr></table>',
  grid: '<table role=grid><tr><td aria-selected=true>a</td><td>b</td></tr></table><div role=grid><div role=row aria-selected=true><div role=gridcell>c</div><div role=columnheader>h</div></div></div>',
  landmarks:
    '<header>H</header><nav>N</nav><main><header>h2</header><article><footer>f2</footer></article><section>s</section><section aria-label=S>s</section></main><aside>A</aside><footer>F</footer><form>f</form><form aria-label=F>f</form><search>s</search>',
  images:
    '<img alt="A" src=x><img src=x><img alt="" src=x><img alt="" title=T src=x><img alt=" " src=x><img alt="" aria-label=L src=x><figure><img alt=f src=x><figcaption>Cap</figcaption></figure><figure title=t>x</figure>',
  svg: '<svg><title>T</title><path d="M0 0"/></svg><svg aria-label=L></svg><svg><text>txt</text></svg><button><svg><title>Icon</title></svg></button><a href=x><svg><use href="#i"/></svg></a><svg role=presentation><a href="#q">in</a></svg><svg aria-hidden=true><title>no</title></svg><svg><g><title>Inner</title></g></svg><svg><foreignObject><p>fo</p></foreignObject></svg><svg role=img><desc>dd</desc></svg>',
  iframe: '<iframe title=T></iframe><iframe srcdoc="<p>x</p>"></iframe><iframe hidden></iframe>',
  owns: '<ul aria-owns="o1 o2"><li>a</li></ul><div id=o1 role=listitem>own1</div><div id=o2>own2</div><button aria-owns=o3>B</button><span id=o3>extra</span>',
  labelledby:
    '<span id=l1>Lab</span><span id=l2 hidden>Hid <b>den</b></span><button aria-labelledby="l1 l2">x</button><input aria-labelledby=l1><div role=group aria-labelledby=nope aria-label=fb></div><button id=self aria-label=me aria-labelledby="self l1">x</button><input aria-labelledby=sel><select id=sel><option>o1<option selected>o2</select><section aria-labelledby=l1>s</section>',
  describedby: '<button aria-describedby=d>b</button><p id=d>desc</p><button aria-description=q>c</button>',
  combobox:
    '<div role=combobox aria-expanded=true>val</div><input list=dl><datalist id=dl><option>a</datalist><div role=listbox aria-label=L><div role=option aria-selected=true>1</div><div role=option>2</div></div><label>in <span role=combobox><span role=listbox><span role=option aria-selected=true>ch</span></span></span></label>',
  widgets:
    '<div role=checkbox aria-checked=true>c</div><div role=checkbox aria-checked=mixed>m</div><div role=switch aria-checked=true>s</div><div role=radio aria-checked=false>r</div><div role=menuitemcheckbox aria-checked=true>mi</div><div role=tab aria-selected=true>t</div><div role=treeitem aria-expanded=true aria-level=2 aria-checked=true aria-selected=true>ti</div><div role=slider aria-valuenow=5>sl</div><div role=progressbar aria-valuetext=half>x</div><div role=textbox>tb <b>x</b></div><div role=searchbox>sb</div><div role=alert>al</div><div role=status>st</div><div role=tooltip>tt</div>',
  meters:
    '<meter value=0.5>half</meter><progress value=30 max=100>p</progress><output>out</output><label>Out <output>o2</output></label><label>M <meter value=1></meter></label>',
  invalid:
    '<input aria-invalid=true><input aria-invalid=grammar><input aria-invalid=false><input aria-invalid=""><input aria-invalid=foo><div role=button aria-invalid=true>b</div>',
  generic:
    '<div role=generic>x</div><span role=generic>y</span><span role=generic>y<b>z</b></span><div role=generic></div><div role=generic aria-label=n>q</div><div role=generic><button>b</button></div>',
  multirole:
    '<div role="foo button">b</div><div role="BUTTON">c</div><div role="foo">d</div><p role="">e</p><div role="img" aria-label=i></div>',
  yaml: '<p>a: b</p><p>- dash</p><p>true</p><p>12</p><p>"q"</p><p>it\'s</p><p>#x</p><p>a #b</p><p>{x}</p><p>[x]</p><p>x:</p><button>a: "b"</button><button>it\'s: x</button><p>null</p><p>1e3</p><p>0x1f</p><p>a\\b</p><p>&amp; *</p><p>`t`</p><p>.inf</p><a href="a: b">u</a><p>!x</p><p>yes</p><p>a\tb</p><p>%x</p><p>@x</p><p>-1</p><p>~</p><button>{b}</button>',
  whitespace:
    '<p>a&nbsp;b &nbsp; c</p><p>zero&#8203;width&shy;hy</p><p>  x\n\ty  </p><pre>  a\n  b</pre><button>&nbsp;b&nbsp;</button><span>a</span><span>b</span> <span>c</span><div>d</div>e',
  blocks:
    '<a href=x><div>a</div>b<div>c</div></a><button>a<br>b</button><button><p>a</p><p>b</p></button><button><span style="display:inline-block">a</span><span style="float:left">b</span><span style="position:absolute">c</span><span>d</span><span style="position:relative">e</span></button>',
  inlineBlocks:
    '<div><span style="display:block">a</span>b</div><div>a<span style="float:right">b</span>c<i style="position:fixed">d</i>e</div>',
  important:
    '<style>#a{display:none} .b{display:block!important} #c{display:none!important} p{visibility:hidden!important} .v{visibility:visible}</style><div id=a class=b>ab</div><div id=c style="display:block">c</div><div id=c2 style="display:none!important" class=b>c2</div><p class=v>p</p>',
  selectors:
    '<style>ul>li:first-child{display:none} li:nth-child(2n+4) {display:none} li:last-child::after{content:"last"} li:not(.k):only-child{display:none} [data-a^=x] {display:none} [data-a$="y" i]{visibility:hidden} a[href*="z"]{display:none} h2+p{display:none} h2~div{display:none} input:checked+span{display:none} :is(.q,.w) b{display:none} :where(.q2) b{display:none} p:empty::before{content:"empty"} :disabled{display:none} .m\\:x{display:none} div:has(> em){display:none} i:nth-of-type(2){display:none} u:last-of-type::after{content:"U"} :bad(x), .no{display:none} ::before{} li:nth-child(1 of .k){visibility:hidden}</style><ul><li>1<li>2<li>3<li>4<li class=k>5</ul><ul><li>one</ul><ul><li class=k>k</ul><p data-a=xx>1</p><p data-a=aY>2</p><a href=azb>z</a><h2>h</h2><p>p</p><div>d</div><input type=checkbox checked><span>s</span><div class=w><b>b</b></div><section class=q2><b>b2</b></section><p></p><button disabled>dis</button><span class="m:x">mx</span><article><div><em>em</em></div></article><article><i>1</i><i>2</i></article><article><u>1</u><u>2</u></article><span class=no>no</span>',
  media:
    '<style>@media (max-width:1000px){.a{display:none}} @media screen and (min-width:1000px){.b{display:none}} @media print{.c{display:none}} @media (prefers-color-scheme:dark){.d{display:none}} @media not all and (min-width:2000px){.e{display:none}} @media (width>=1280px) and (hover:hover){.f{display:none}} @media (orientation:portrait), (pointer:fine){.g{display:none}} @media (500px<width<1280px){.h{display:none}} @media (min-resolution:2dppx){.i{display:none}} @media (min-aspect-ratio:3/2){.j{display:none}} @media only screen and (max-width:80em){.k{display:none}} @media (not (width:1px)){.l{display:none}} @supports (display:grid){.m{display:none}} @supports not (display:grid){.n{display:none}}</style>' +
    'abcdefghijklmn'
      .split('')
      .map((x) => `<p class=${x}>${x}</p>`)
      .join(''),
  layers:
    '<style>@layer x,y; @layer y{.a{display:none} .b{display:none!important}} @layer x{#a2.a{display:block} .c{display:none}} .b{display:block!important} .c{display:block} @layer x{.b{display:block!important}} @layer y.z{.d{display:block}} @layer y{.d{display:none}}</style><p class=a id=a2>a</p><p class=b>b</p><p class=c>c</p><p class=d>d</p>',
  nesting:
    '<style>.a{ & .b{display:none} .c{display:none} > .d{display:none} &.e{display:none} @media (min-width:1px){display:flex; .f{visibility:hidden}} } .x,.y{ p &{display:none} }</style><div class=a><p class=b>b</p><p class=c>c</p><p class=d>d</p><span class=f>f</span><span>1</span><span>2</span></div><p class="a e">e</p><p><b class=y>y</b></p>',
  fallbacks:
    '<style>.a{display:none;display:-ms-flexbox} .b{display:flex;display:bogus} .c{visibility:none} .d{content:"x"} .e{all:unset}</style><p class=a>a</p><p class=b><i>1</i><i>2</i></p><p class=c>c</p><p class=d>d</p><b>1</b><div class=e>2</div><b>3</b>',
  contentVis:
    '<div style="content-visibility:hidden">t<button>b</button></div><span style="content-visibility:hidden"><button>c</button></span><div hidden=until-found>u<button>d</button></div>',
  visibility:
    '<table><tr style="visibility:collapse"><td>x</td></tr><tr><td>y</td></tr></table><div style="visibility:hidden"><button style="visibility:visible">seen</button></div><button style="visibility:hidden">b</button>',
  noscript:
    '<noscript>no</noscript><template><p>t</p></template><script>var x</script><style>p{}</style>tail<object>obj<b>fb</b></object><video>vid<b>v</b></video><canvas>can<button>in</button></canvas><audio>a</audio><embed>',
  math: '<math><mi>x</mi><mo>=</mo><mn>1</mn></math>a<math display=block><mi>y</mi></math>',
  ruby: '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><bdo dir=rtl>x</bdo><q>quoted</q><abbr title=T>ab</abbr><kbd>k</kbd>',
  area: '<map name=m><area href=x alt=A shape=default></map><img usemap="#m" alt=im src=x><map>t</map>',
  longName: `<button>${'long '.repeat(200)}</button><p>${'para '.repeat(300)}</p>`,
  nested:
    '<a href=x><h2>Title</h2><p>para</p></a><button><img alt=i src=x> text</button><li>stray</li><td>std</td><label>just label</label><label for=zz>to none</label>',
  contenteditable: '<div contenteditable role=textbox aria-label=E placeholder=pp>edit</div><div contenteditable>plain</div>',
  titleattr:
    '<div title=t>x</div><a href=x title=T></a><span title=q role=button></span><iframe title=z></iframe><p title=pp>p</p><summary>s</summary>',
  emptyish: '<p></p><ul></ul><li></li><button></button><a href=x></a><h1></h1><div role=list><span></span></div>',
  bodyRole: '<html><body role=application aria-label=App><p>x</p></body></html>',
  bodyText: 'just text <b>b</b>',
  popover: '<div popover>p</div><button popovertarget=x>b</button>',
  emojis: '<button>😀 é</button><p>日本語</p><p>a\u2028b</p>',
  flexText:
    '<div style="display:flex"><span>a</span><span>b</span></div><div style="display:inline-grid"><a href=x>a</a><b>b</b></div><div style="display:flex"><div style="display:contents"><i>x</i><i>y</i></div></div>',
  dupIds:
    '<label for=d>L</label><input id=d><input id=d value=2><span id=e>1</span><span id=e>2</span><button aria-labelledby=e>x</button>',
  checkboxes:
    '<input type=checkbox role=switch checked aria-label=s><input type=checkbox disabled><input type=checkbox indeterminate aria-checked=mixed><label><input type=radio name=q value=1>One</label><label><input type=radio name=q value=2 checked>Two</label>',
  numbers:
    '<input type=number value=abc><input type=number value="1.50"><label>n <input type=number value=3> x</label><label>r <input type=range value=7></label>',
  hiddenLabel:
    '<label for=x hidden>Hidden label</label><input id=x><label style="display:none">wrap <input id=y></label><label for=z aria-hidden=true>AH</label><input id=z><label style="visibility:hidden" for=w>V</label><input id=w>',
  iconFont:
    '<style>.fa::before{content:"\\f007"} .fa-b:before{content:"\\f008"}</style><a href=x><i class=fa></i></a><button><i class="fa fa-b"></i> Del</button><i class=fa aria-hidden=true></i>',
  commas: '<p>, x</p><p>? x</p><p>| x</p><p>&gt; x</p><p>a,b</p><p>]</p><p>}</p><p>= x</p><p>x: </p><p>::</p><p>http://a.b:80/c</p>',
  selectInLabel:
    '<label><input type=checkbox>Flash <select><option>1<option selected>2</select> times</label><label>a <input value=5 type=text> b<input type=checkbox aria-label=in></label>',
  menus:
    '<ul role=menu><li role=menuitem aria-haspopup=true aria-expanded=true>File</li><li role=separator></li><li role=none><a role=menuitem href=x>Open</a></li></ul><ul role=tablist><li role=tab>1</li></ul><nav><ul role=list><li role=listitem>x</li></ul></nav>',
  inert: '<div inert><button>b</button></div><button tabindex=-1>c</button>',
};
