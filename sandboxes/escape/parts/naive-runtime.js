const next = window.location.href === String(document.querySelector('a')) ? '' : document.querySelector('#location').href;
new Image().src = next;
