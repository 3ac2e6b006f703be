// Around every page, mounted first. Says in which language the page is, which Streamlit does not, and gives its side menu's
// lists, which hold headings as well as items, roles that assistive technology can read. Coming first, it also has the
// browser fetch what charts need while the page is still being made.
export default function (component) {
  document.documentElement.lang = component.data.language;
  const mend = () => {
    for (const list of document.querySelectorAll("[data-testid=stSidebarNavItems]:not([role])")) {
      list.setAttribute("role", "group");
      for (const item of list.querySelectorAll("li")) item.setAttribute("role", "none");
    }
  };
  mend();
  const observer = new MutationObserver(mend);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}
