// The Worker of a page in the preview: listens for changes and passes them on.
//
// To the page: "reload" and "style"; "away" when nobody has answered for a while, and "back" when somebody does again; "gone" once
// psychoed was restarted and knows this page no more.
// From the page: "hide" and "show", so that pages in the background hold no connection.
'use strict';

const address = '/_psychoed/reload' + self.location.search;
const shortest = 250;
const patience = 2000;
const longest = 5000;

let stream = null;
let timer = 0;
let wait = shortest;
let hidden = false;
let away = false;

function open() {
  close();
  stream = new EventSource(address);
  stream.onopen = () => {
    wait = shortest;
    if (away) self.postMessage('back');
    away = false;
  };
  stream.onmessage = (event) => {
    if (event.data === 'reload' || event.data === 'style') self.postMessage(event.data);
  };
  stream.onerror = later;
}

function close() {
  clearTimeout(timer);
  if (stream) stream.close();
  stream = null;
}

function later() {
  close();
  if (hidden) return;
  timer = setTimeout(again, wait);
  wait = Math.min(wait * 2, longest);
}

// An EventSource does not say why it failed, so ask first.
async function again() {
  let status = 0;
  try {
    status = (await fetch(address, { method: 'HEAD', cache: 'no-store' })).status;
  } catch {
    // Nobody is there yet.
  }
  if (hidden) return;
  if (status === 200) open();
  else if (status === 403) self.postMessage('gone');
  else {
    if (status === 0 && wait >= patience && !away) {
      away = true;
      self.postMessage('away');
    }
    later();
  }
}

self.onmessage = (event) => {
  if (event.data === 'hide') {
    hidden = true;
    close();
  } else if (event.data === 'show') {
    hidden = false;
    open();
  }
};

open();
