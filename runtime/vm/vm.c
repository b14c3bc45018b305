// vm.c: making and unmaking the interpreter of a runtime, and its part of each thread.
#include "vm/vm.h"

#include <string.h>

#include "object/intern.h"
#include "vm/builtins.h"
#include "vm/exception.h"
#include "vm/module.h"
#include "vm/operations.h"

// ------------------------------------------------------------------ threads

static size_t round_up(size_t size)
{
    return (size + 4095) & ~(size_t)4095;
}

// Frames first, then registers: as many of both as the deepest recursion needs. The system
// gives pages when they are touched.
static bool reserve(RtVmThread *vm)
{
    size_t count = RT_VM_MAX_RECURSION + 2;
    size_t frames = round_up(count * sizeof(RtFrame));
    size_t registers = round_up((count + 1) * (RT_MAX_REGISTERS + 2) * sizeof(RtObject *));
    char *pages = rt_pages_map(frames + registers, 4096);
    if (pages == NULL) return false;
    vm->mapped = frames + registers;
    vm->frames = (RtFrame *)(void *)pages;
    vm->registers = (RtObject **)(void *)(pages + frames);
    return true;
}

// Nobody's frame, on which the first one stands.
static const RtCode no_code = {.reg_count = 0};

static RtVmThread *make(void)
{
    RtVmThread *vm = rt_array_alloc_zeroed(sizeof *vm);
    if (vm != NULL && !reserve(vm)) {
        rt_array_free(vm);
        return NULL;
    }
    if (vm == NULL) return NULL;
    vm->frame = vm->frames;
    vm->frame->code = &no_code;
    vm->frame->registers = vm->registers;
    return vm;
}

void rt__vm_set_limit(RtThread *t)
{
    uint32_t limit = rt_atomic_load_relaxed(&rt__vm(t)->recursion_limit);
    t->vm->frame_limit = t->vm->frames + 1 + limit; // the first is nobody's
}

static bool grow_caches(RtThread *t, RtVmThread *vm)
{
    uint32_t count = rt__vm(t)->cache_count;
    RtCache *caches = rt_array_alloc_zeroed((count + 1) * sizeof *caches);
    if (caches == NULL) return false;
    if (vm->cache_count > 0) memcpy(caches, vm->caches, vm->cache_count * sizeof *caches);
    rt_array_free(vm->caches);
    vm->caches = caches;
    vm->cache_count = count;
    return true;
}

RtVmThread *rt__vm_thread(RtThread *t)
{
    if (rt_unlikely(t->vm == NULL)) {
        t->vm = make();
        if (t->vm != NULL) rt__vm_set_limit(t);
    }
    if (t->vm != NULL && rt_likely(t->vm->cache_count == rt__vm(t)->cache_count) &&
        t->vm->caches != NULL)
        return t->vm;
    if (t->vm != NULL && grow_caches(t, t->vm)) return t->vm;
    rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
    return NULL;
}

static void free_thread(RtVmThread *vm)
{
    if (vm == NULL) return;
    rt_pages_unmap(vm->frames, vm->mapped);
    rt_array_free(vm->caches);
    rt_array_free(vm->handled);
    rt_array_free(vm);
}

// ------------------------------------------------------------------ the runtime's

static bool intern_names(RtThread *t, RtVm *vm)
{
    static const char *const texts[] = {
#define X(id, text) text,
        RT_VM_NAMES(X)
#undef X
    };
    for (size_t i = 0; i < RT_NAME_COUNT; i++) {
        vm->names[i] = rt_str_intern(t, texts[i], strlen(texts[i]));
        if (vm->names[i] == NULL) return false;
    }
    return true;
}

static bool fill(RtThread *t, RtVm *vm)
{
    if (!intern_names(t, vm)) return false;
    vm->builtins = rt__module_new(t, "builtins");
    vm->main_module = rt__module_new(t, "__main__");
    vm->modules = rt_dict_new(t);
    if (vm->builtins == NULL || vm->main_module == NULL || vm->modules == NULL) return false;
    rt_ref_make_immortal(&vm->modules->ref);
    vm->globals = rt__module_table(vm->main_module);
    if (!rt__exceptions_create(t) || !rt__builtins_fill(t, vm->builtins)) return false;
    vm->memory_error = rt__exception_new(t, rt__error_class(t, RT_ERROR_MEMORY), NULL, 0);
    if (vm->memory_error == NULL) return false;
    rt_ref_make_immortal(&vm->memory_error->ref);
    rt_ref_make_immortal(&rt__slot_get(&((RtException *)vm->memory_error)->args)->ref);
    return rt_dict_set(t, vm->modules, rt__name(t, RT_NAME_main), vm->main_module) &&
           rt__module_set(t, vm->main_module, "__builtins__", vm->builtins);
}

bool rt__vm_create(RtThread *t, const RtModuleRow *rows)
{
    RtVm *vm = NULL;
    char *memory = rt_array_alloc_zeroed(sizeof *vm + _Alignof(RtVm));
    if (memory == NULL) {
        rt_error_set(t, RT_ERROR_MEMORY, "out of memory");
        return false;
    }
    size_t alignment = _Alignof(RtVm);
    vm = (RtVm *)(void *)(((uintptr_t)memory + alignment - 1) & ~(uintptr_t)(alignment - 1));
    vm->allocation = memory;
    vm->module_rows = rows;
    rt_mutex_init(&vm->output_lock);
    rt_mutex_init(&vm->made_lock);
    rt_mutex_init(&vm->threads.mutex);
    rt_atomic_store_relaxed(&vm->recursion_limit, RT_VM_RECURSION_LIMIT);
    rt_atomic_store_relaxed(&vm->epoch, 1ull);
    t->runtime->vm = vm;
    return fill(t, vm);
}

typedef bool Chosen(RtObject *value);

static bool is_instance(RtObject *value)
{
    return value->type->is_class;
}

static bool is_counted(RtObject *value)
{
    return !rt_ref_is_immortal(&value->ref);
}

static bool is_any(RtObject *value)
{
    return value != NULL;
}

// The chosen values of a module become None, in the order they came, so that what a finalizer still
// asks for by name is there or is None.
static void drop_values(RtThread *t, RtObject *module, Chosen *chosen)
{
    for (uint32_t i = 0;; i++) {
        RtObject *old = NULL;
        RtHold hold = rt_hold_object(t, module);
        RtKeys *keys = rt__table_keys(rt__module_table(module));
        bool more = i < rt__table_filled(keys);
        RtSlot *slot = &rt__table_entries(keys)[i].value;
        if (more && (old = rt__slot_get(slot)) != NULL && !chosen(old)) old = NULL;
        if (more && old != NULL) rt__slot_set(slot, rt_none());
        rt_let_go(t, hold);
        rt_decref_null(t, old);
        if (!more) return;
    }
}

// Of __main__ the instances of the program's classes first, whose finalizers find the rest as it
// was, as they mostly do in CPython. Of the others, whose functions and classes native code asks
// for to the end, what is not immortal.
static void drop_modules(RtThread *t, RtVm *vm)
{
    drop_values(t, vm->main_module, is_instance);
    drop_values(t, vm->main_module, is_any);
    rt_gc_collect(t, 2);
    for (RtModule *module = vm->newest_module; module != NULL; module = module->older)
        drop_values(t, &module->base, is_counted);
    rt_gc_collect(t, 2);
}

static bool end_modules(RtThread *t, RtVm *vm)
{
    bool ended = true;
    for (const RtModuleRow *row = vm->module_rows; row != NULL && row->name != NULL; row++)
        ended = (row->end == NULL || row->end(t)) && ended;
    return ended;
}

bool rt__vm_finish(RtThread *t)
{
    RtVm *vm = rt__vm(t);
    bool ended = end_modules(t, vm);
    rt__output_flush(t);
    if (!ended) return false;
    drop_modules(t, vm);
    rt__output_flush(t);
    return true;
}

void rt__vm_destroy(RtRuntime *runtime)
{
    RtVm *vm = runtime->vm;
    if (vm == NULL) return;
    for (RtThread *t = runtime->threads; t != NULL; t = t->next) {
        free_thread(t->vm);
        t->vm = NULL;
    }
    rt_mutex_destroy(&vm->output_lock);
    rt_mutex_destroy(&vm->made_lock);
    rt_mutex_destroy(&vm->threads.mutex);
    rt_array_free(vm->output);
    runtime->vm = NULL;
    rt_array_free(vm->allocation);
}

bool rt__serve_interrupt(RtThread *t)
{
    if (rt_likely((rt_atomic_load_relaxed(&t->breaker) & RT_BREAK_SIGNAL) == 0)) return true;
    rt__breaker_take(t, RT_BREAK_SIGNAL);
    rt_error_set(t, RT_ERROR_INTERRUPT, "");
    return false;
}

RtObject *rt__run(RtThread *t, RtCode *code)
{
    RtVmThread *vm = rt__vm_thread(t);
    if (vm == NULL) return NULL;
    RtFrame *frame = rt__frame_push(t, vm, code, NULL, rt__frame_top(vm));
    if (frame == NULL) return NULL;
    frame->flags = RT_FRAME_ENTRY;
    return rt__eval(t, vm);
}

// ------------------------------------------------------------------ frames

RtObject **rt__frame_top(RtVmThread *vm)
{
    return vm->frame->registers + vm->frame->code->reg_count;
}

static RtFrame *too_deep(RtThread *t, RtObject *function_steal, RtObject **registers,
                         const RtCode *code)
{
    for (uint32_t i = 0; i < code->arg_count; i++) {
        RtObject *argument = registers[i];
        registers[i] = NULL;
        rt_decref_null(t, argument);
    }
    rt_decref_null(t, function_steal);
    rt_error_set(t, RT_ERROR_RECURSION, "maximum recursion depth exceeded");
    return NULL;
}

RtFrame *rt__frame_push(RtThread *t, RtVmThread *vm, const RtCode *code, RtObject *function_steal,
                        RtObject **registers)
{
    RtFrame *frame = vm->frame + 1;
    if (rt_unlikely(frame >= vm->frame_limit))
        return too_deep(t, function_steal, registers, code);
    *frame = (RtFrame){.code = code,
                       .function = function_steal,
                       .ip = code->words,
                       .registers = registers,
                       .handled = vm->handled_count};
    vm->frame = frame;
    return frame;
}
