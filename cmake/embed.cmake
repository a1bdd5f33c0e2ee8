# Makes a C source of text files, so that the program carries them along: an array TABLE of
# STRUCT, which holds a name and a text; the last is zero. HEADER declares both.
# Usage: cmake -DOUTPUT=FILE -DTABLE=… -DSTRUCT=… -DHEADER=… -DFILES=A;B;… -P embed.cmake
set(table "")
set(texts "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME_WE)
  string(MAKE_C_IDENTIFIER "text_${name}" variable)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(REGEX REPLACE "'\\\\x0a'," "'\\\\n',\n    " bytes "${bytes}")
  string(APPEND texts "static const char ${variable}[] = {\n    ${bytes}0};\n\n")
  string(APPEND table "    {\"${name}\", ${variable}},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"\n\n${texts}\
const struct ${STRUCT} ${TABLE}[] = {\n${table}    {0},\n};\n")
