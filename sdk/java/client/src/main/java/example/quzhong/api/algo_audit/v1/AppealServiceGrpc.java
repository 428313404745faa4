package example.quzhong.api.algo_audit.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Appeals (申诉) of workers against penalties, under their pseudonym (唐人社字〔2022〕1号 二.8).
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AppealServiceGrpc {

  private AppealServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.algo_audit.v1.AppealService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.FileAppealRequest,
      example.quzhong.api.algo_audit.v1.FileAppealResponse> getFileAppealMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "FileAppeal",
      requestType = example.quzhong.api.algo_audit.v1.FileAppealRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.FileAppealResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.FileAppealRequest,
      example.quzhong.api.algo_audit.v1.FileAppealResponse> getFileAppealMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.FileAppealRequest, example.quzhong.api.algo_audit.v1.FileAppealResponse> getFileAppealMethod;
    if ((getFileAppealMethod = AppealServiceGrpc.getFileAppealMethod) == null) {
      synchronized (AppealServiceGrpc.class) {
        if ((getFileAppealMethod = AppealServiceGrpc.getFileAppealMethod) == null) {
          AppealServiceGrpc.getFileAppealMethod = getFileAppealMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.FileAppealRequest, example.quzhong.api.algo_audit.v1.FileAppealResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "FileAppeal"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.FileAppealRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.FileAppealResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AppealServiceMethodDescriptorSupplier("FileAppeal"))
              .build();
        }
      }
    }
    return getFileAppealMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ReplyToAppealRequest,
      example.quzhong.api.algo_audit.v1.ReplyToAppealResponse> getReplyToAppealMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReplyToAppeal",
      requestType = example.quzhong.api.algo_audit.v1.ReplyToAppealRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.ReplyToAppealResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ReplyToAppealRequest,
      example.quzhong.api.algo_audit.v1.ReplyToAppealResponse> getReplyToAppealMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ReplyToAppealRequest, example.quzhong.api.algo_audit.v1.ReplyToAppealResponse> getReplyToAppealMethod;
    if ((getReplyToAppealMethod = AppealServiceGrpc.getReplyToAppealMethod) == null) {
      synchronized (AppealServiceGrpc.class) {
        if ((getReplyToAppealMethod = AppealServiceGrpc.getReplyToAppealMethod) == null) {
          AppealServiceGrpc.getReplyToAppealMethod = getReplyToAppealMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.ReplyToAppealRequest, example.quzhong.api.algo_audit.v1.ReplyToAppealResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReplyToAppeal"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ReplyToAppealRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ReplyToAppealResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AppealServiceMethodDescriptorSupplier("ReplyToAppeal"))
              .build();
        }
      }
    }
    return getReplyToAppealMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetAppealRequest,
      example.quzhong.api.algo_audit.v1.GetAppealResponse> getGetAppealMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAppeal",
      requestType = example.quzhong.api.algo_audit.v1.GetAppealRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.GetAppealResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetAppealRequest,
      example.quzhong.api.algo_audit.v1.GetAppealResponse> getGetAppealMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.GetAppealRequest, example.quzhong.api.algo_audit.v1.GetAppealResponse> getGetAppealMethod;
    if ((getGetAppealMethod = AppealServiceGrpc.getGetAppealMethod) == null) {
      synchronized (AppealServiceGrpc.class) {
        if ((getGetAppealMethod = AppealServiceGrpc.getGetAppealMethod) == null) {
          AppealServiceGrpc.getGetAppealMethod = getGetAppealMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.GetAppealRequest, example.quzhong.api.algo_audit.v1.GetAppealResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAppeal"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetAppealRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.GetAppealResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AppealServiceMethodDescriptorSupplier("GetAppeal"))
              .build();
        }
      }
    }
    return getGetAppealMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListAppealsRequest,
      example.quzhong.api.algo_audit.v1.ListAppealsResponse> getListAppealsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAppeals",
      requestType = example.quzhong.api.algo_audit.v1.ListAppealsRequest.class,
      responseType = example.quzhong.api.algo_audit.v1.ListAppealsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListAppealsRequest,
      example.quzhong.api.algo_audit.v1.ListAppealsResponse> getListAppealsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.algo_audit.v1.ListAppealsRequest, example.quzhong.api.algo_audit.v1.ListAppealsResponse> getListAppealsMethod;
    if ((getListAppealsMethod = AppealServiceGrpc.getListAppealsMethod) == null) {
      synchronized (AppealServiceGrpc.class) {
        if ((getListAppealsMethod = AppealServiceGrpc.getListAppealsMethod) == null) {
          AppealServiceGrpc.getListAppealsMethod = getListAppealsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.algo_audit.v1.ListAppealsRequest, example.quzhong.api.algo_audit.v1.ListAppealsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAppeals"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListAppealsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.algo_audit.v1.ListAppealsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AppealServiceMethodDescriptorSupplier("ListAppeals"))
              .build();
        }
      }
    }
    return getListAppealsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AppealServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AppealServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AppealServiceStub>() {
        @java.lang.Override
        public AppealServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AppealServiceStub(channel, callOptions);
        }
      };
    return AppealServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AppealServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AppealServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AppealServiceBlockingV2Stub>() {
        @java.lang.Override
        public AppealServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AppealServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AppealServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AppealServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AppealServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AppealServiceBlockingStub>() {
        @java.lang.Override
        public AppealServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AppealServiceBlockingStub(channel, callOptions);
        }
      };
    return AppealServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AppealServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AppealServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AppealServiceFutureStub>() {
        @java.lang.Override
        public AppealServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AppealServiceFutureStub(channel, callOptions);
        }
      };
    return AppealServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Appeals (申诉) of workers against penalties, under their pseudonym (唐人社字〔2022〕1号 二.8).
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * A platform or a union files for a worker. A penalty (platform, worker, order, amount) that is appealed against and
     * not answered yet cannot be appealed against again: ALREADY_EXISTS, APPEAL_EXISTS with the first one's appeal_id.
     * </pre>
     */
    default void fileAppeal(example.quzhong.api.algo_audit.v1.FileAppealRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.FileAppealResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getFileAppealMethod(), responseObserver);
    }

    /**
     * <pre>
     * The platform says what it has to say, and decides.
     * </pre>
     */
    default void replyToAppeal(example.quzhong.api.algo_audit.v1.ReplyToAppealRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ReplyToAppealResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReplyToAppealMethod(), responseObserver);
    }

    /**
     */
    default void getAppeal(example.quzhong.api.algo_audit.v1.GetAppealRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetAppealResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAppealMethod(), responseObserver);
    }

    /**
     */
    default void listAppeals(example.quzhong.api.algo_audit.v1.ListAppealsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListAppealsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAppealsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AppealService.
   * <pre>
   * Appeals (申诉) of workers against penalties, under their pseudonym (唐人社字〔2022〕1号 二.8).
   * </pre>
   */
  public static abstract class AppealServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AppealServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AppealService.
   * <pre>
   * Appeals (申诉) of workers against penalties, under their pseudonym (唐人社字〔2022〕1号 二.8).
   * </pre>
   */
  public static final class AppealServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AppealServiceStub> {
    private AppealServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AppealServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AppealServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * A platform or a union files for a worker. A penalty (platform, worker, order, amount) that is appealed against and
     * not answered yet cannot be appealed against again: ALREADY_EXISTS, APPEAL_EXISTS with the first one's appeal_id.
     * </pre>
     */
    public void fileAppeal(example.quzhong.api.algo_audit.v1.FileAppealRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.FileAppealResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getFileAppealMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The platform says what it has to say, and decides.
     * </pre>
     */
    public void replyToAppeal(example.quzhong.api.algo_audit.v1.ReplyToAppealRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ReplyToAppealResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReplyToAppealMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void getAppeal(example.quzhong.api.algo_audit.v1.GetAppealRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetAppealResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAppealMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listAppeals(example.quzhong.api.algo_audit.v1.ListAppealsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListAppealsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAppealsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AppealService.
   * <pre>
   * Appeals (申诉) of workers against penalties, under their pseudonym (唐人社字〔2022〕1号 二.8).
   * </pre>
   */
  public static final class AppealServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AppealServiceBlockingV2Stub> {
    private AppealServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AppealServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AppealServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * A platform or a union files for a worker. A penalty (platform, worker, order, amount) that is appealed against and
     * not answered yet cannot be appealed against again: ALREADY_EXISTS, APPEAL_EXISTS with the first one's appeal_id.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.FileAppealResponse fileAppeal(example.quzhong.api.algo_audit.v1.FileAppealRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getFileAppealMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The platform says what it has to say, and decides.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.ReplyToAppealResponse replyToAppeal(example.quzhong.api.algo_audit.v1.ReplyToAppealRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReplyToAppealMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.GetAppealResponse getAppeal(example.quzhong.api.algo_audit.v1.GetAppealRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAppealMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.ListAppealsResponse listAppeals(example.quzhong.api.algo_audit.v1.ListAppealsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAppealsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AppealService.
   * <pre>
   * Appeals (申诉) of workers against penalties, under their pseudonym (唐人社字〔2022〕1号 二.8).
   * </pre>
   */
  public static final class AppealServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AppealServiceBlockingStub> {
    private AppealServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AppealServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AppealServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * A platform or a union files for a worker. A penalty (platform, worker, order, amount) that is appealed against and
     * not answered yet cannot be appealed against again: ALREADY_EXISTS, APPEAL_EXISTS with the first one's appeal_id.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.FileAppealResponse fileAppeal(example.quzhong.api.algo_audit.v1.FileAppealRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getFileAppealMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The platform says what it has to say, and decides.
     * </pre>
     */
    public example.quzhong.api.algo_audit.v1.ReplyToAppealResponse replyToAppeal(example.quzhong.api.algo_audit.v1.ReplyToAppealRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReplyToAppealMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.GetAppealResponse getAppeal(example.quzhong.api.algo_audit.v1.GetAppealRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAppealMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.algo_audit.v1.ListAppealsResponse listAppeals(example.quzhong.api.algo_audit.v1.ListAppealsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAppealsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AppealService.
   * <pre>
   * Appeals (申诉) of workers against penalties, under their pseudonym (唐人社字〔2022〕1号 二.8).
   * </pre>
   */
  public static final class AppealServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AppealServiceFutureStub> {
    private AppealServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AppealServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AppealServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * A platform or a union files for a worker. A penalty (platform, worker, order, amount) that is appealed against and
     * not answered yet cannot be appealed against again: ALREADY_EXISTS, APPEAL_EXISTS with the first one's appeal_id.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.FileAppealResponse> fileAppeal(
        example.quzhong.api.algo_audit.v1.FileAppealRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getFileAppealMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The platform says what it has to say, and decides.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.ReplyToAppealResponse> replyToAppeal(
        example.quzhong.api.algo_audit.v1.ReplyToAppealRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReplyToAppealMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.GetAppealResponse> getAppeal(
        example.quzhong.api.algo_audit.v1.GetAppealRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAppealMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.algo_audit.v1.ListAppealsResponse> listAppeals(
        example.quzhong.api.algo_audit.v1.ListAppealsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAppealsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_FILE_APPEAL = 0;
  private static final int METHODID_REPLY_TO_APPEAL = 1;
  private static final int METHODID_GET_APPEAL = 2;
  private static final int METHODID_LIST_APPEALS = 3;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_FILE_APPEAL:
          serviceImpl.fileAppeal((example.quzhong.api.algo_audit.v1.FileAppealRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.FileAppealResponse>) responseObserver);
          break;
        case METHODID_REPLY_TO_APPEAL:
          serviceImpl.replyToAppeal((example.quzhong.api.algo_audit.v1.ReplyToAppealRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ReplyToAppealResponse>) responseObserver);
          break;
        case METHODID_GET_APPEAL:
          serviceImpl.getAppeal((example.quzhong.api.algo_audit.v1.GetAppealRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.GetAppealResponse>) responseObserver);
          break;
        case METHODID_LIST_APPEALS:
          serviceImpl.listAppeals((example.quzhong.api.algo_audit.v1.ListAppealsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.algo_audit.v1.ListAppealsResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getFileAppealMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.FileAppealRequest,
              example.quzhong.api.algo_audit.v1.FileAppealResponse>(
                service, METHODID_FILE_APPEAL)))
        .addMethod(
          getReplyToAppealMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.ReplyToAppealRequest,
              example.quzhong.api.algo_audit.v1.ReplyToAppealResponse>(
                service, METHODID_REPLY_TO_APPEAL)))
        .addMethod(
          getGetAppealMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.GetAppealRequest,
              example.quzhong.api.algo_audit.v1.GetAppealResponse>(
                service, METHODID_GET_APPEAL)))
        .addMethod(
          getListAppealsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.algo_audit.v1.ListAppealsRequest,
              example.quzhong.api.algo_audit.v1.ListAppealsResponse>(
                service, METHODID_LIST_APPEALS)))
        .build();
  }

  private static abstract class AppealServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AppealServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.algo_audit.v1.AppealsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AppealService");
    }
  }

  private static final class AppealServiceFileDescriptorSupplier
      extends AppealServiceBaseDescriptorSupplier {
    AppealServiceFileDescriptorSupplier() {}
  }

  private static final class AppealServiceMethodDescriptorSupplier
      extends AppealServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AppealServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (AppealServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AppealServiceFileDescriptorSupplier())
              .addMethod(getFileAppealMethod())
              .addMethod(getReplyToAppealMethod())
              .addMethod(getGetAppealMethod())
              .addMethod(getListAppealsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
