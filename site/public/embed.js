// The search of a Signpost directory on a page of another site:
//
//   <script src="https://signpost.example.org/embed.js" defer></script>
//   <signpost-search category="movement" area="hackney"></signpost-search>
//
// What people type goes to the directory alone, in a frame of its own: this page cannot read it.

// @ts-check

const ATTRIBUTES = ['area', 'category', 'only'];
const HERE = new URL(/** @type {HTMLScriptElement} */ (document.currentScript).src).origin;

class SignpostSearch extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const frame = document.createElement('iframe');
    frame.src = this.address();
    frame.title = this.getAttribute('label') ?? 'Find support near you';
    frame.referrerPolicy = 'no-referrer';
    // A sheet that a script makes holds under any policy of the page; a style in its markup does not.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':host { display: block } iframe { display: block; width: 100%; min-height: 24rem; border: 0 }');
    const size = new CSSStyleSheet();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet, size];
    shadow.append(frame);
    addEventListener('message', ({ source, origin, data }) => {
      if (source !== frame.contentWindow || origin !== HERE || !Number.isFinite(data?.signpostHeight)) return;
      size.replaceSync(`iframe { height: ${Math.ceil(data.signpostHeight)}px }`);
      // After a search the answer is longer than what is in sight: its beginning is.
      if (data.signpostAnswer) this.scrollIntoView({ block: 'nearest' });
    });
  }

  /** The page in the frame, with what it is kept to. */
  address() {
    const address = new URL('/embed', HERE);
    for (const name of ATTRIBUTES) {
      const value = this.getAttribute(name);
      if (value) address.searchParams.set(name, value);
    }
    return address.href;
  }
}

customElements.define('signpost-search', SignpostSearch);
