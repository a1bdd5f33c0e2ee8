# Makes a C source of the templates, so that the program carries them along.
# Usage: cmake -DOUTPUT=FILE -DTEMPLATES=A;B;… -P embed.cmake
set(table "")
set(texts "")
foreach(template IN LISTS TEMPLATES)
  get_filename_component(name "${template}" NAME_WE)
  file(READ "${template}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(REGEX REPLACE "'\\\\x0a'," "'\\\\n',\n    " bytes "${bytes}")
  string(APPEND texts "static const char ${name}[] = {\n    ${bytes}0};\n\n")
  string(APPEND table "    {\"${name}\", ${name}},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"write/page_templates.h\"\n\n${texts}\
const struct mustache_entry page_templates[] = {\n${table}    {0},\n};\n")
