(component
  (type $value u32)
  (type $scores (map string $value))
  (type $table (record (field "all" $scores)))
  (import "kept" (func))
  (import "acme:app/scores" (instance
    (export "get" (func (result (list $scores))))
  ))
)
