using System.Diagnostics.Metrics;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Onnx;

public sealed class OnnxSessionsTests : IDisposable
{
    private const int Mebibyte = 1 << 20;

    private readonly OnnxSessionsUnderTest _sessions = new(budget: 3 * Mebibyte);

    private OnnxSessions Store => _sessions.Store;

    public void Dispose() => _sessions.Dispose();

    [Fact]
    public async Task A_model_gives_its_answer()
    {
        using var session = await Store.AcquireAsync(_sessions.Adder("add.onnx", count: 3, weight: 2.5f), CancellationToken.None);
        Run(session, 1, -2, 3).ShouldBe([3.5f, 0.5f, 5.5f]);
        session.Device.ShouldBe("cpu");
    }

    [Fact]
    public async Task Many_runs_at_once_load_a_model_once_and_share_it()
    {
        var model = _sessions.Adder("add.onnx", count: 2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            using var session = await Store.AcquireAsync(model, CancellationToken.None);
            return Run(session, i, -i);
        })));

        for (var i = 0; i < answers.Length; i++) answers[i].ShouldBe([i + 1, 1 - i]);
        _sessions.Log.Count("Loaded").ShouldBe(1);
        Store.LoadedBytes.ShouldBe(new FileInfo(model.Path).Length);
    }

    [Fact]
    public async Task The_least_recently_used_model_makes_room_for_another()
    {
        OnnxModel[] models = [.. Enumerable.Range(0, 3).Select(i => _sessions.Adder($"{i}.onnx", count: Mebibyte / 4, weight: i))];
        await UseAsync(models[0]);
        await UseAsync(models[1]);
        await UseAsync(models[0]);
        await UseAsync(models[2]);
        _sessions.Log.Count("Unloaded the model " + models[1].Path).ShouldBe(1);
        Store.LoadedBytes.ShouldBeLessThanOrEqualTo(Store.Budget);

        await UseAsync(models[0]);
        _sessions.Log.Count("Loaded").ShouldBe(3);
        await UseAsync(models[1]);
        _sessions.Log.Count("Loaded").ShouldBe(4);
    }

    [Fact]
    public async Task A_model_in_use_stays_and_whoever_finds_no_room_is_told_to_come_back()
    {
        OnnxModel[] models = [.. Enumerable.Range(0, 3).Select(i => _sessions.Adder($"{i}.onnx", count: Mebibyte / 4, weight: i))];
        var first = await Store.AcquireAsync(models[0], CancellationToken.None);
        using (await Store.AcquireAsync(models[1], CancellationToken.None))
        {
            var fault = await Should.ThrowAsync<InferenceException>(() => UseAsync(models[2]));
            fault.Fault.ShouldBe(InferenceFault.Busy);
            fault.RetryAfter.ShouldNotBeNull();
            _sessions.Log.Count("Unloaded").ShouldBe(0);
            Run(first, new float[Mebibyte / 4])[0].ShouldBe(0);
        }

        first.Dispose();
        await UseAsync(models[2]);
    }

    [Fact]
    public async Task A_model_larger_than_the_whole_budget_is_refused_and_unloads_nothing()
    {
        await UseAsync(_sessions.Adder("small.onnx"));
        var fault = await Should.ThrowAsync<InferenceException>(() => UseAsync(_sessions.Adder("large.onnx", count: Mebibyte)));
        fault.Message.ShouldContain("large.onnx");
        fault.Message.ShouldContain("Studio:Inference:Models:MemoryBytes");
        _sessions.Log.Count("Unloaded").ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_file_is_named_and_found_when_it_comes()
    {
        var model = _sessions.Adder("late.onnx");
        var file = await File.ReadAllBytesAsync(model.Path);
        File.Delete(model.Path);
        var fault = await Should.ThrowAsync<InferenceException>(() => UseAsync(model));
        fault.Code.ShouldBe("model_missing");
        fault.Message.ShouldContain("late.onnx");

        await File.WriteAllBytesAsync(model.Path, file);
        await UseAsync(model);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task A_truncated_model_is_a_clear_error_that_is_gone_once_the_file_is_whole(double share)
    {
        var model = _sessions.Adder("cut.onnx", count: 1000);
        var whole = await File.ReadAllBytesAsync(model.Path);
        await File.WriteAllBytesAsync(model.Path, whole[..(int)(whole.Length * share)]);

        var faults = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Should.ThrowAsync<InferenceException>(() => Task.Run(() => UseAsync(model)))));
        faults.ShouldAllBe(fault => fault.Fault == InferenceFault.Unavailable && fault.Code == "model_unreadable");
        faults[0].Message.ShouldContain("cut.onnx");
        faults[0].Message.ShouldContain("fetch the model again");
        await Eventually.BecomesTrueAsync(() => Store.LoadedBytes == 0, "nothing is counted as loaded");

        await File.WriteAllBytesAsync(model.Path, whole);
        await UseAsync(model);
    }

    [Fact]
    public async Task Damaged_models_are_clear_errors_or_run_and_never_the_end_of_the_process()
    {
        var seed = Random.Shared.Next();
        Random random = new(seed);
        var weights = Enumerable.Range(0, 8 * 9).Select(_ => random.NextSingle()).ToArray();
        var whole = new OnnxModelWriter().Input("x", 1, 1, 16, 16).Output("y", 1, 8, 16, 16).Weights("w", weights, 8, 1, 3, 3)
            .Conv("x", "w", "c").Relu("c", "y").ToArray();
        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < 300; round++)
        {
            var damaged = whole.ToArray();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                // Mostly in what describes the graph, which is at both ends of the weights.
                var at = random.Next(4) == 0 ? random.Next(damaged.Length) : random.Next(2) == 0 ? random.Next(120) : damaged.Length - 1 - random.Next(120);
                damaged[at] = (byte)random.Next(256);
            }

            OnnxModel model = new(_sessions.PathOf($"{round}.onnx"), [new("x", 1, 1, 16, 16)], [new("y", 1, 8, 16, 16)]);
            await File.WriteAllBytesAsync(model.Path, damaged);
            var outcome = "ran";
            try
            {
                using var session = await Store.AcquireAsync(model, CancellationToken.None);
                using var outputs = session.Run([("x", new FloatTensor(1, 1, 16, 16))], ["y"], CancellationToken.None);
            }
            catch (InferenceException fault)
            {
                outcome = fault.Code;
            }

            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        outcomes.Keys.Except(["ran", "model_unreadable", "model_mismatch", "model_failed"]).ShouldBeEmpty($"seed {seed}");
        outcomes.ShouldContainKey("model_unreadable", $"seed {seed}");
        await UseAsync(_sessions.Adder("whole.onnx"));
    }

    [Fact]
    public async Task A_model_that_declares_more_than_memory_holds_is_a_clear_error()
    {
        var file = new OnnxModelWriter().Input("x", 1).Output("y", 1_000_000, 1_000_000).Weights("w", [1], 1_000_000, 1_000_000)
            .Mul("x", "w", "y").Save(_sessions.PathOf("huge.onnx"));
        OnnxModel model = new(file, [new("x", 1)], [new("y", 1_000_000, 1_000_000)]);

        (await Should.ThrowAsync<InferenceException>(() => UseAsync(model))).Code.ShouldBe("model_unreadable");
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_a_clear_error()
    {
        var page = _sessions.PathOf("page.onnx");
        await File.WriteAllTextAsync(page, "<!doctype html><title>404</title>");
        var fault = await Should.ThrowAsync<InferenceException>(() => UseAsync(new OnnxModel(page, [new("x", 1)], [])));
        fault.Code.ShouldBe("model_unreadable");
    }

    [Fact]
    public async Task A_file_that_changed_is_loaded_anew_and_the_old_one_lives_as_long_as_it_is_used()
    {
        using var old = await Store.AcquireAsync(_sessions.Adder("m.onnx", count: 1, weight: 1), CancellationToken.None);
        using var current = await Store.AcquireAsync(_sessions.Adder("m.onnx", count: 2, weight: 5), CancellationToken.None);
        Run(old, 1).ShouldBe([2f]);
        Run(current, 1, 2).ShouldBe([6f, 7f]);
        _sessions.Log.Count("Unloaded").ShouldBe(0);
        old.Dispose();
        _sessions.Log.Count("Unloaded").ShouldBe(1);
    }

    [Fact]
    public async Task A_model_with_other_inputs_or_outputs_than_declared_is_refused_with_every_difference()
    {
        var model = _sessions.Adder("add.onnx", count: 3);
        var other = model with { Inputs = [new("picture", 1, 3)], Outputs = [new("y", 1, 4), new("z", 1)] };
        var fault = await Should.ThrowAsync<InferenceException>(() => UseAsync(other));
        fault.Code.ShouldBe("model_mismatch");
        fault.Message.ShouldContain("add.onnx");
        fault.Message.ShouldContain("no input 'picture', only 'x'");
        fault.Message.ShouldContain("output 'y' has the shape [1, 3], not [1, 4]");
        fault.Message.ShouldContain("no output 'z'");
        fault.Message.ShouldContain("asks for an input 'x'");
    }

    [Fact]
    public async Task An_engine_that_sends_any_size_needs_a_model_that_takes_any()
    {
        var fixedSize = _sessions.Adder("add.onnx", count: 3) with { Inputs = [new("x", 1, null)] };
        (await Should.ThrowAsync<InferenceException>(() => UseAsync(fixedSize))).Message.ShouldContain("[1, 3], not [1, any]");

        var path = new OnnxModelWriter().Input("x", 1, -1).Output("y", 1, -1).Relu("x", "y").Save(_sessions.PathOf("relu.onnx"));
        using var session = await Store.AcquireAsync(new(path, [new("x", 1, null)], [new("y", 1, null)]), CancellationToken.None);
        Run(session, -1, 2).ShouldBe([0f, 2f]);
        Run(session, 3, -4, 5).ShouldBe([3f, 0f, 5f]);
    }

    [Fact]
    public async Task A_run_with_the_wrong_shape_is_an_error_and_the_session_lives_on()
    {
        using var session = await Store.AcquireAsync(_sessions.Adder("add.onnx", count: 3), CancellationToken.None);
        Should.Throw<InferenceException>(() => Run(session, 1, 2)).Code.ShouldBe("model_failed");
        Run(session, 1, 2, 3).ShouldBe([2f, 3f, 4f]);
    }

    [Fact]
    public async Task A_cancelled_run_stops_between_two_operators()
    {
        // 400 convolutions of 64 channels over 512² pixels take minutes.
        var writer = new OnnxModelWriter().Input("t0", 1, 64, 512, 512).Output("t400", 1, 64, 512, 512)
            .Weights("w", new float[64 * 64 * 9], 64, 64, 3, 3);
        for (var i = 0; i < 400; i++) writer.Conv($"t{i}", "w", $"t{i + 1}");
        OnnxModel model = new(writer.Save(_sessions.PathOf("long.onnx")), [new("t0", 1, 64, 512, 512)], [new("t400", 1, 64, 512, 512)]);
        using var session = await Store.AcquireAsync(model, CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var run = Task.Run(() => session.Run([("t0", new FloatTensor(1, 64, 512, 512))], ["t400"], cancel.Token).Dispose());

        // Native code does not say that it has begun.
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        run.IsCompleted.ShouldBeFalse();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run.SoonAsync());
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_a_load_leaves_it_to_the_others()
    {
        var model = _sessions.Adder("add.onnx", count: Mebibyte / 4);
        using var cancel = new CancellationTokenSource();
        var patient = Store.AcquireAsync(model, CancellationToken.None).AsTask();
        var impatient = Store.AcquireAsync(model, cancel.Token).AsTask();
        await cancel.CancelAsync();
        try
        {
            (await impatient).Dispose();
        }
        catch (OperationCanceledException)
        {
            // Unless the load was faster.
        }

        (await patient).Dispose();
        _sessions.Log.Count("Loaded").ShouldBe(1);
    }

    [Fact]
    public async Task The_gauge_tells_the_bytes_of_loaded_models()
    {
        long? measured = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "studio.model.loaded_bytes" && instrument.Meter.Scope == _sessions.Meters)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => measured = value);
        listener.Start();
        listener.RecordObservableInstruments();
        measured.ShouldBe(0);

        var model = _sessions.Adder("add.onnx", count: 100);
        await UseAsync(model);
        listener.RecordObservableInstruments();
        measured.ShouldBe(new FileInfo(model.Path).Length);
    }

    [Fact]
    public async Task A_store_that_ends_unloads_what_is_idle_at_once_and_the_rest_after_its_run()
    {
        await UseAsync(_sessions.Adder("idle.onnx"));
        var busy = await Store.AcquireAsync(_sessions.Adder("busy.onnx", count: 2), CancellationToken.None);
        Store.Dispose();
        _sessions.Log.Count("Unloaded").ShouldBe(1);
        Run(busy, 1, 2).ShouldBe([2f, 3f]);
        busy.Dispose();
        _sessions.Log.Count("Unloaded").ShouldBe(2);
        Store.LoadedBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Random_use_from_many_threads_keeps_the_budget_and_the_answers()
    {
        var seed = Random.Shared.Next();
        static int Size(int model) => 50_000 * (1 + (model % 4));
        OnnxModel[] models = [.. Enumerable.Range(0, 12).Select(i => _sessions.Adder($"{i}.onnx", Size(i), weight: i))];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var random = new Random(seed + worker);
            for (var round = 0; round < 50; round++)
            {
                var i = random.Next(models.Length);
                try
                {
                    using var session = await Store.AcquireAsync(models[i], CancellationToken.None);
                    Run(session, new float[Size(i)])[^1].ShouldBe(i, $"seed {seed}");
                }
                catch (InferenceException fault) when (fault.Fault == InferenceFault.Busy)
                {
                    // Four models in use may fill the budget.
                }

                Store.LoadedBytes.ShouldBeLessThanOrEqualTo(Store.Budget, $"seed {seed}");
            }
        })));
    }

    private static float[] Run(OnnxSession session, params float[] x)
    {
        using var outputs = session.Run([("x", new FloatTensor(x, 1, x.Length))], ["y"], CancellationToken.None);
        return outputs.Values("y").ToArray();
    }

    private async Task UseAsync(OnnxModel model) => (await Store.AcquireAsync(model, CancellationToken.None)).Dispose();
}
