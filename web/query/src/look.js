// Light or dark: as the system has it, unless somebody chose here.
const KEY = "polkg look";

export function look(select) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset.look = select.value || (system.matches ? "dark" : "light");
  };
  select.value = localStorage.getItem(KEY) ?? "";
  select.addEventListener("change", () => {
    localStorage.setItem(KEY, select.value);
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}
